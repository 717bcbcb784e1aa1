using EcuAgent.Commerce.Http;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Acp;

/// <summary>What the end of a request means in ACP.</summary>
internal static class ReplyRules
{
    internal static Reply Of(HttpEnd end, Operation operation) => EndRules.Of(end, operation, FlatError.CodeOf, OfCode);

    private static Reply OfCode(HttpEnd end, Operation operation, string code) =>
        (end.Status, code) switch
        {
            (409, EndRules.IdempotencyInFlight) => EndRules.InFlight(end),

            // The key was used before with another body: an earlier request of this purchase did arrive, and may have been carried out.
            (_, EndRules.IdempotencyConflict) when operation == Operation.Complete => new Reply(CommerceOutcome.Unknown, code),

            // A completion of this session is running, and it may be an earlier one of this purchase.
            (409, EndRules.CompleteInProgress) when operation == Operation.Complete => new Reply(CommerceOutcome.Unknown, code),
            (404, _) => EndRules.Refused(EndRules.OfMissing(operation, code)),
            (405, _) => EndRules.Refused(EndRules.OfOver(operation, code)),
            (409, _) when operation == Operation.CancelOrder => EndRules.Refused(CommerceReasons.NotCancelable),
            (409, _) when end.RetryAfter is not null => EndRules.RefusedForNow(end, code),
            (429, _) => EndRules.RefusedForNow(end, code),
            _ => EndRules.Refused(code),
        };
}
