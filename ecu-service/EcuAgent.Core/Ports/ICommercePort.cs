using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Ports;

/// <summary>
/// Merchants, whatever protocol they speak. Each call is one request or a few that have the effect of one; failures are values
/// (<see cref="CommerceOutcome"/>), and only <see cref="CommerceOutcome.Unknown"/> leaves open whether it happened. A call with the same
/// idempotency key and content has the effect of one. The caller asks the gate and writes the journal.
/// </summary>
public interface ICommercePort
{
    /// <summary>The merchants that serve a need; empty when none is set up. Known without asking anybody.</summary>
    IReadOnlyList<MerchantProfile> Merchants(MerchantNeed need);

    /// <summary>Looks into a merchant's catalogue. An empty list is <see cref="CommerceOutcome.Done"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(string merchantId, OfferQuery query, CancellationToken cancellationToken);

    /// <summary>Opens a session: prices and options, nothing binding.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CommerceAnswer<CheckoutSession>> OpenAsync(string merchantId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Changes an open session.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CommerceAnswer<CheckoutSession>> UpdateAsync(
        string merchantId, string sessionId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Reads a session, with its order and how far that is once it is completed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CommerceAnswer<CheckoutSession>> GetAsync(string merchantId, string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Orders and pays. Sends exactly one request and repeats nothing: whether a repeat is allowed depends on the driving state.
    /// <see cref="CommerceOutcome.Done"/> with a session that is not <see cref="CheckoutState.Completed"/> means that the merchant did not do it (yet).
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it may have happened.</exception>
    Task<CommerceAnswer<CheckoutSession>> CompleteAsync(
        string merchantId, string sessionId, PaymentGrant payment, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a session that is not completed. <see cref="CommerceReasons.SessionClosed"/> when it is over already: completed or canceled.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CommerceAnswer<CheckoutSession>> CancelAsync(string merchantId, string sessionId, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Takes back a placed order, where the merchant allows that; else <see cref="CommerceReasons.NotCancelable"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it may have happened.</exception>
    Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(
        string merchantId, string sessionId, string orderId, string idempotencyKey, CancellationToken cancellationToken);
}
