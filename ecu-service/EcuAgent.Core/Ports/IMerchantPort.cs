namespace EcuAgent.Core.Ports;

/// <summary>Merchants: offers and orders. The agent asks the gate before every call. Failures are values; see <see cref="MerchantStatus"/>.</summary>
public interface IMerchantPort
{
    /// <summary>True when a merchant is set up for this need.</summary>
    bool IsConfigured(MerchantNeed need);

    /// <summary>Searches offers, or a status; binds nobody and costs nothing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<MerchantAnswer> SearchAsync(MerchantRequest request, CancellationToken cancellationToken);

    /// <summary>Prepares a cart; binds nobody and costs nothing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<MerchantAnswer> PrepareAsync(MerchantRequest request, CancellationToken cancellationToken);

    /// <summary>Places the order. A second call with the same order id must not order twice.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<MerchantAnswer> CommitAsync(MerchantRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels the last order or booking of this need, where its terms allow that without cost. <see cref="MerchantStatus.NothingFound"/> when
    /// there is none. A second call with the same order id, which names this request, must not cancel another.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<MerchantAnswer> CancelAsync(MerchantRequest request, CancellationToken cancellationToken);
}
