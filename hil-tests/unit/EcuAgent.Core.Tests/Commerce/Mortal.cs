using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>The world as one run of the program sees it: once that run is dead, nothing it still asks for happens or returns.</summary>
internal sealed class Mortal(TestMerchant merchant, MemoryJournal journal) : ICommercePort, IPaymentPort, IPurchaseJournal
{
    internal bool IsDead { get; set; }

    public IReadOnlyList<MerchantProfile> Merchants(MerchantNeed need) => merchant.Merchants(need);

    public Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(string merchantId, OfferQuery query, CancellationToken cancellationToken) =>
        Live(() => merchant.SearchAsync(merchantId, query, cancellationToken));

    public Task<CommerceAnswer<CheckoutSession>> OpenAsync(string merchantId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken) =>
        Live(() => merchant.OpenAsync(merchantId, order, idempotencyKey, cancellationToken));

    public Task<CommerceAnswer<CheckoutSession>> UpdateAsync(
        string merchantId, string sessionId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken) =>
        Live(() => merchant.UpdateAsync(merchantId, sessionId, order, idempotencyKey, cancellationToken));

    public Task<CommerceAnswer<CheckoutSession>> GetAsync(string merchantId, string sessionId, CancellationToken cancellationToken) =>
        Live(() => merchant.GetAsync(merchantId, sessionId, cancellationToken));

    public Task<CommerceAnswer<CheckoutSession>> CompleteAsync(
        string merchantId, string sessionId, PaymentGrant payment, string idempotencyKey, CancellationToken cancellationToken) =>
        Live(() => merchant.CompleteAsync(merchantId, sessionId, payment, idempotencyKey, cancellationToken));

    public Task<CommerceAnswer<CheckoutSession>> CancelAsync(string merchantId, string sessionId, string idempotencyKey, CancellationToken cancellationToken) =>
        Live(() => merchant.CancelAsync(merchantId, sessionId, idempotencyKey, cancellationToken));

    public Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(
        string merchantId, string sessionId, string orderId, string idempotencyKey, CancellationToken cancellationToken) =>
        Live(() => merchant.CancelOrderAsync(merchantId, sessionId, orderId, idempotencyKey, cancellationToken));

    public Task<CommerceAnswer<PaymentGrant>> GrantAsync(PaymentAllowance allowance, string idempotencyKey, CancellationToken cancellationToken) =>
        Live(() => merchant.GrantAsync(allowance, idempotencyKey, cancellationToken));

    public Task WriteAsync(PurchaseRecord record, CancellationToken cancellationToken) =>
        IsDead ? new TaskCompletionSource().Task : journal.WriteAsync(record, cancellationToken);

    public Task<PurchaseRecord?> FindAsync(string purchaseId, CancellationToken cancellationToken) =>
        Live(() => journal.FindAsync(purchaseId, cancellationToken));

    public Task<IReadOnlyList<PurchaseRecord>> UnfinishedAsync(CancellationToken cancellationToken) => Live(() => journal.UnfinishedAsync(cancellationToken));

    public Task<IReadOnlyList<PurchaseRecord>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        Live(() => journal.SinceAsync(since, cancellationToken));

    public Task<bool> HasBoughtAsync(string merchantId, CancellationToken cancellationToken) => Live(() => journal.HasBoughtAsync(merchantId, cancellationToken));

    public Task StartTripAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        IsDead ? new TaskCompletionSource().Task : journal.StartTripAsync(at, cancellationToken);

    public Task<DateTimeOffset?> TripStartAsync(CancellationToken cancellationToken) => Live(() => journal.TripStartAsync(cancellationToken));

    private Task<T> Live<T>(Func<Task<T>> act) => IsDead ? new TaskCompletionSource<T>().Task : act();
}
