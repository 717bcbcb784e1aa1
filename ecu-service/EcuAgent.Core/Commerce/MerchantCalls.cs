using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Commerce;

/// <summary>Requests to merchants and the payment provider with a time limit; what a client throws counts as an unknown outcome.</summary>
internal sealed class MerchantCalls(
    ICommercePort merchants, IPaymentPort payments, PurchaseOptions options, TimeProvider time, ILogger logger)
{
    public Task<CommerceAnswer<CheckoutSession>> OpenAsync(PurchaseRecord purchase, CancellationToken cancellationToken) =>
        CallAsync(purchase, token => merchants.OpenAsync(purchase.MerchantId, purchase.Order, Key(purchase, "open"), token), cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> UpdateAsync(PurchaseRecord purchase, string key, CancellationToken cancellationToken) =>
        CallAsync(
            purchase,
            token => merchants.UpdateAsync(purchase.MerchantId, purchase.SessionId, purchase.Order, Key(purchase, $"update-{key}"), token),
            cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> GetAsync(PurchaseRecord purchase, CancellationToken cancellationToken) =>
        CallAsync(purchase, token => merchants.GetAsync(purchase.MerchantId, purchase.SessionId, token), cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> CompleteAsync(PurchaseRecord purchase, PaymentGrant grant, CancellationToken cancellationToken) =>
        CallAsync(
            purchase,
            token => merchants.CompleteAsync(purchase.MerchantId, purchase.SessionId, grant, Key(purchase, "complete"), token),
            cancellationToken,
            options.CompleteTimeout);

    public Task<CommerceAnswer<CheckoutSession>> CancelAsync(PurchaseRecord purchase, CancellationToken cancellationToken) =>
        CallAsync(purchase, token => merchants.CancelAsync(purchase.MerchantId, purchase.SessionId, Key(purchase, "cancel"), token), cancellationToken);

    public Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(PurchaseRecord purchase, CancellationToken cancellationToken) =>
        CallAsync(
            purchase,
            token => merchants.CancelOrderAsync(purchase.MerchantId, purchase.SessionId, purchase.OrderId, Key(purchase, "withdraw"), token),
            cancellationToken);

    public Task<CommerceAnswer<PaymentGrant>> GrantAsync(PurchaseRecord purchase, CancellationToken cancellationToken)
    {
        var allowance = new PaymentAllowance(
            purchase.Id, purchase.MerchantId, purchase.SessionId, purchase.Total!.Value, time.GetUtcNow() + options.AllowanceValidFor);
        return CallAsync(purchase, token => payments.GrantAsync(allowance, Key(purchase, "grant"), token), cancellationToken);
    }

    // The same after a restart, so that a repeated request has the effect of one.
    private static string Key(PurchaseRecord purchase, string step) => $"{purchase.Id}:{step}";

    private async Task<CommerceAnswer<T>> CallAsync<T>(
        PurchaseRecord purchase, Func<CancellationToken, Task<CommerceAnswer<T>>> call, CancellationToken cancellationToken, TimeSpan? longest = null)
        where T : class
    {
        using var limit = new CancellationTokenSource(longest ?? options.RequestTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await call(both.Token).WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            return CommerceAnswers.Unknown<T>(CommerceReasons.NoAnswer);
        }
#pragma warning disable CA1031 // Whatever a client throws: it may have happened.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ClientThrew(logger, exception, purchase.Id);
            return CommerceAnswers.Unknown<T>(CommerceReasons.NoAnswer);
        }
    }
}
