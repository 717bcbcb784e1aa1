using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Registry;

namespace EcuAgent.Commerce.Acp;

/// <summary>ACP over HTTP.</summary>
internal sealed class RestCarrier(CommerceTransport transport, CommerceOptions options) : IAcpCarrier
{
    public bool TakesOrdersBack => true;

    public Task<Reply> SendAsync(AcpCall call, CallBudget budget, CancellationToken cancellationToken)
    {
        var isOnce = call.Operation == Operation.Complete;
        var target = Endpoint.Below(call.Merchant.BaseUrl, PathOf(call));
        var request = HttpCall.To(call.Merchant, call.Operation, target, options) with
        {
            ProtocolHeaders = AcpWords.Headers,
            Body = call.Body,
            IdempotencyKey = call.IdempotencyKey,
            IsRepeatable = !isOnce,
            AttemptTimeout = isOnce ? options.CompleteTimeout : options.AttemptTimeout,
        };
        return transport.SendAsync(request, call.Operation, budget, cancellationToken);
    }

    private static string PathOf(AcpCall call)
    {
        var id = Uri.EscapeDataString(call.Id ?? "");
        return call.Operation switch
        {
            Operation.Create => "checkout_sessions",
            Operation.Complete => $"checkout_sessions/{id}/complete",
            Operation.Cancel => $"checkout_sessions/{id}/cancel",
            Operation.CancelOrder => $"orders/{id}/cancel",
            _ => $"checkout_sessions/{id}",
        };
    }
}
