using EcuAgent.Commerce.Http;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Ucp;

/// <summary>What the end of a request means in UCP.</summary>
internal static class UcpReplyRules
{
    internal static Reply Of(HttpEnd end, Operation operation)
    {
        // Later versions tell so that no session was made; at anything else it would say nothing of the session that is there.
        if (operation == Operation.Create && end is { Kind: HttpEndKind.Answered, Status: 200, IsJson: true } && UcpError.CodeOf(end.Body.Span) is { } code)
        {
            return EndRules.Refused(UcpWords.ReasonOf(code));
        }

        var reply = EndRules.Of(end, operation, UcpError.CodeOf, OfCode);

        // Without UCP's error body it proves nothing, but where it turns out that nothing was ordered this is why.
        return operation == Operation.Complete && end is { Kind: HttpEndKind.Answered, Status: 402 } && reply.Outcome == CommerceOutcome.Unknown
            ? reply with { Reason = CommerceReasons.PaymentDeclined }
            : reply;
    }

    private static Reply OfCode(HttpEnd end, Operation operation, string code) =>
        (end.Status, code) switch
        {
            (409, EndRules.IdempotencyInFlight) => EndRules.InFlight(end),

            // UCP has 409 for a key that was used with another body, for a completion that is running and for a session that is over, and leaves
            // the codes free: an earlier request of this purchase may have been carried out.
            (409, _) or (_, EndRules.IdempotencyConflict) when operation == Operation.Complete => new Reply(CommerceOutcome.Unknown, code),
            (404, _) => EndRules.Refused(EndRules.OfMissing(operation, code)),
            (409, _) when operation == Operation.CancelOrder => EndRules.Refused(CommerceReasons.NotCancelable),
            (409, _) when end.RetryAfter is not null => EndRules.RefusedForNow(end, code),
            (409, not (EndRules.IdempotencyConflict or EndRules.CompleteInProgress)) => EndRules.Refused(EndRules.OfOver(operation, code)),
            (429, _) => EndRules.RefusedForNow(end, code),
            _ => EndRules.Refused(UcpWords.ReasonOf(code)),
        };
}
