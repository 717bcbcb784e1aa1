using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce;

/// <summary>One protocol: the calls of <see cref="ICommercePort"/>, at a merchant of the registry that speaks it.</summary>
internal interface IMerchantClient
{
    Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(MerchantEntry merchant, OfferQuery query, CancellationToken cancellationToken);

    Task<CommerceAnswer<CheckoutSession>> OpenAsync(
        MerchantEntry merchant, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken);

    Task<CommerceAnswer<CheckoutSession>> UpdateAsync(
        MerchantEntry merchant, string sessionId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken);

    Task<CommerceAnswer<CheckoutSession>> GetAsync(MerchantEntry merchant, string sessionId, CancellationToken cancellationToken);

    Task<CommerceAnswer<CheckoutSession>> CompleteAsync(
        MerchantEntry merchant, string sessionId, PaymentGrant payment, string idempotencyKey, CancellationToken cancellationToken);

    Task<CommerceAnswer<CheckoutSession>> CancelAsync(
        MerchantEntry merchant, string sessionId, string idempotencyKey, CancellationToken cancellationToken);

    Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(
        MerchantEntry merchant, string sessionId, string orderId, string idempotencyKey, CancellationToken cancellationToken);
}
