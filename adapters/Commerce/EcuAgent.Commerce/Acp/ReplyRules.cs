using EcuAgent.Commerce.Http;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Acp;

/// <summary>
/// What the end of a request means. A refusal counts as one only where it has ACP's flat error body: gateways, portals and default pages of
/// servers answer with 4xx too, and know nothing of an order. The one exception is 401, which HTTP itself defines as not acted upon.
/// </summary>
internal static class ReplyRules
{
    private const string CompleteInProgress = "complete_in_progress";

    internal static Reply Of(HttpEnd end, Operation operation) => end.Kind switch
    {
        HttpEndKind.NotSent => new Reply(CommerceOutcome.NotSent, CommerceReasons.Unreachable) { MayPass = end.MayPass },
        HttpEndKind.NoAnswer => new Reply(CommerceOutcome.Unknown, CommerceReasons.NoAnswer) { MayPass = end.MayPass, RetryAfter = end.RetryAfter },
        HttpEndKind.BadAnswer => Bad(end.MayPass),
        _ => end.Status >= 400 ? OfRefusal(end, operation) : OfSuccess(end),
    };

    private static Reply Bad(bool mayPass) => new(CommerceOutcome.Unknown, CommerceReasons.BadAnswer) { MayPass = mayPass };

    private static Reply OfSuccess(HttpEnd end) => end.Status switch
    {
        200 or 201 when end.IsJson => new Reply(CommerceOutcome.Done, CommerceReasons.Done) { Body = end.Body, EntityTag = end.EntityTag },
        304 => new Reply(CommerceOutcome.Done, CommerceReasons.Done) { IsUnchanged = true },
        _ => Bad(mayPass: false),
    };

    private static Reply OfRefusal(HttpEnd end, Operation operation)
    {
        var code = end.IsJson ? FlatError.CodeOf(end.Body.Span) : null;
        if (end.Status == 408)
        {
            return new Reply(CommerceOutcome.Unknown, CommerceReasons.NoAnswer) { MayPass = true };
        }

        if (code is null)
        {
            return end.Status == 401 ? Refused(AdapterReasons.Unauthorized) : Bad(mayPass: false);
        }

        var reply = OfCode(end, operation, code);
        return code is FlatError.IdempotencyConflict or FlatError.IdempotencyKeyRequired ? reply with { IsOurMistake = true } : reply;
    }

    private static Reply OfCode(HttpEnd end, Operation operation, string code) =>
        (end.Status, code) switch
        {
            (409, FlatError.IdempotencyInFlight) => new Reply(CommerceOutcome.Unknown, code) { MayPass = true, RetryAfter = end.RetryAfter },

            // The key was used before with another body: an earlier request of this purchase did arrive, and may have been carried out.
            (_, FlatError.IdempotencyConflict) when operation == Operation.Complete => new Reply(CommerceOutcome.Unknown, code),

            // A completion of this session is running, and it may be an earlier one of this purchase.
            (409, CompleteInProgress) when operation == Operation.Complete => new Reply(CommerceOutcome.Unknown, code),
            (404, _) => Refused(OfMissing(operation, code)),
            (405, _) => Refused(OfOver(operation, code)),
            (409, _) when operation == Operation.CancelOrder => Refused(CommerceReasons.NotCancelable),
            (409, _) when end.RetryAfter is not null => Refused(code) with { MayPass = true, RetryAfter = end.RetryAfter },
            (429, _) => Refused(code) with { MayPass = true, RetryAfter = end.RetryAfter },
            _ => Refused(code),
        };

    private static Reply Refused(string reason) => new(CommerceOutcome.Refused, reason);

    private static string OfMissing(Operation operation, string code) =>
        operation is Operation.Feed or Operation.Grant or Operation.Discover ? code : CommerceReasons.NotFound;

    private static string OfOver(Operation operation, string code) => operation switch
    {
        Operation.CancelOrder => CommerceReasons.NotCancelable,
        Operation.Cancel or Operation.Complete or Operation.Update => CommerceReasons.SessionClosed,
        _ => code,
    };
}
