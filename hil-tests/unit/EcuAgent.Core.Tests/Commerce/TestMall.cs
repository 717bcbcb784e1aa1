using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>Several merchants behind one port.</summary>
internal sealed class TestMall(params TestMerchant[] shops) : ICommercePort, IPaymentPort
{
    internal IReadOnlyList<Charge> Charges => [.. shops.SelectMany(shop => shop.Charges.Select(charge => charge with { SessionId = $"{shop.Profile.Id}/{charge.SessionId}" }))];

    public IReadOnlyList<MerchantProfile> Merchants(MerchantNeed need) => [.. shops.SelectMany(shop => shop.Merchants(need))];

    public Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(string merchantId, OfferQuery query, CancellationToken cancellationToken) =>
        Of(merchantId).SearchAsync(merchantId, query, cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> OpenAsync(string merchantId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken) =>
        Of(merchantId).OpenAsync(merchantId, order, idempotencyKey, cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> UpdateAsync(
        string merchantId, string sessionId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken) =>
        Of(merchantId).UpdateAsync(merchantId, sessionId, order, idempotencyKey, cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> GetAsync(string merchantId, string sessionId, CancellationToken cancellationToken) =>
        Of(merchantId).GetAsync(merchantId, sessionId, cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> CompleteAsync(
        string merchantId, string sessionId, PaymentGrant payment, string idempotencyKey, CancellationToken cancellationToken) =>
        Of(merchantId).CompleteAsync(merchantId, sessionId, payment, idempotencyKey, cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> CancelAsync(string merchantId, string sessionId, string idempotencyKey, CancellationToken cancellationToken) =>
        Of(merchantId).CancelAsync(merchantId, sessionId, idempotencyKey, cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(
        string merchantId, string sessionId, string orderId, string idempotencyKey, CancellationToken cancellationToken) =>
        Of(merchantId).CancelOrderAsync(merchantId, sessionId, orderId, idempotencyKey, cancellationToken);

    public Task<CommerceAnswer<PaymentGrant>> GrantAsync(PaymentAllowance allowance, string idempotencyKey, CancellationToken cancellationToken) =>
        Of(allowance.MerchantId).GrantAsync(allowance, idempotencyKey, cancellationToken);

    private TestMerchant Of(string id) => shops.Single(shop => shop.Profile.Id == id);
}
