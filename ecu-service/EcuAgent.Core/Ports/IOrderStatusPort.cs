namespace EcuAgent.Core.Ports;

/// <summary>Publishes where orders stand. An exception is counted and logged, the turn goes on.</summary>
public interface IOrderStatusPort
{
    /// <summary>Publishes one status.</summary>
    ValueTask PublishAsync(OrderStatus status, CancellationToken cancellationToken);
}
