namespace EcuAgent.Core.Ports;

/// <summary>Publishes where orders and parcels stand. An exception is counted and logged, the turn goes on.</summary>
public interface IOrderStatusPort
{
    /// <summary>Publishes one status.</summary>
    ValueTask PublishAsync(OrderStatus status, CancellationToken cancellationToken);

    /// <summary>Publishes how far one parcel is.</summary>
    ValueTask PublishAsync(ParcelStatus status, CancellationToken cancellationToken);
}
