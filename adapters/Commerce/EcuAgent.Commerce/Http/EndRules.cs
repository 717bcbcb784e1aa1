using EcuAgent.Commerce.Mapping;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Http;

/// <summary>
/// What the end of a request means, as far as the protocols agree. A refusal counts as one only where it has the protocol's error body: gateways,
/// portals and default pages of servers answer with 4xx too, and know nothing of an order. The one exception is 401, which HTTP itself defines
/// as not acted upon.
/// </summary>
internal static class EndRules
{
    internal const string IdempotencyInFlight = "idempotency_in_flight";
    internal const string IdempotencyConflict = "idempotency_conflict";
    internal const string IdempotencyKeyRequired = "idempotency_key_required";
    internal const string CompleteInProgress = "complete_in_progress";

    /// <summary>Reads the code out of a protocol's error body; null where this is none.</summary>
    internal delegate string? CodeReader(ReadOnlySpan<byte> utf8);

    /// <param name="end">The end.</param>
    /// <param name="operation">What was asked for.</param>
    /// <param name="codeOf">The protocol's error body.</param>
    /// <param name="ofCode">What a refusal with a code, in our form of a reason, means in the protocol.</param>
    internal static Reply Of(HttpEnd end, Operation operation, CodeReader codeOf, Func<HttpEnd, Operation, string, Reply> ofCode) => end.Kind switch
    {
        HttpEndKind.NotSent => new Reply(CommerceOutcome.NotSent, CommerceReasons.Unreachable) { MayPass = end.MayPass },
        HttpEndKind.NoAnswer => new Reply(CommerceOutcome.Unknown, CommerceReasons.NoAnswer) { MayPass = end.MayPass, RetryAfter = end.RetryAfter },
        HttpEndKind.BadAnswer => Bad(end.MayPass),
        _ => end.Status >= 400 ? OfRefusal(end, operation, codeOf, ofCode) : OfSuccess(end),
    };

    internal static Reply Refused(string reason) => new(CommerceOutcome.Refused, reason);

    /// <summary>A refusal that the same request may not meet a little later.</summary>
    internal static Reply RefusedForNow(HttpEnd end, string reason) => Refused(reason) with { MayPass = true, RetryAfter = end.RetryAfter };

    /// <summary>An earlier request with the same key is still being worked on.</summary>
    internal static Reply InFlight(HttpEnd end) =>
        new(CommerceOutcome.Unknown, IdempotencyInFlight) { MayPass = true, RetryAfter = end.RetryAfter };

    /// <summary>What an unknown session or order is called, where that is what was asked about.</summary>
    internal static string OfMissing(Operation operation, string code) =>
        operation is Operation.Feed or Operation.Grant or Operation.Discover ? code : CommerceReasons.NotFound;

    /// <summary>What it is called when something is over already.</summary>
    internal static string OfOver(Operation operation, string code) => operation switch
    {
        Operation.CancelOrder => CommerceReasons.NotCancelable,
        Operation.Cancel or Operation.Complete or Operation.Update => CommerceReasons.SessionClosed,
        _ => code,
    };

    private static Reply Bad(bool mayPass) => new(CommerceOutcome.Unknown, CommerceReasons.BadAnswer) { MayPass = mayPass };

    private static Reply OfSuccess(HttpEnd end) => end.Status switch
    {
        200 or 201 when end.IsJson => new Reply(CommerceOutcome.Done, CommerceReasons.Done) { Body = end.Body, EntityTag = end.EntityTag },
        304 => new Reply(CommerceOutcome.Done, CommerceReasons.Done) { IsUnchanged = true },
        _ => Bad(mayPass: false),
    };

    private static Reply OfRefusal(HttpEnd end, Operation operation, CodeReader codeOf, Func<HttpEnd, Operation, string, Reply> ofCode)
    {
        if (end.Status == 408)
        {
            return new Reply(CommerceOutcome.Unknown, CommerceReasons.NoAnswer) { MayPass = true };
        }

        if ((end.IsJson ? codeOf(end.Body.Span) : null) is not { } word)
        {
            return end.Status == 401 ? Refused(AdapterReasons.Unauthorized) : Bad(mayPass: false);
        }

        var code = ReasonWords.Of(word);
        var reply = ofCode(end, operation, code);
        return code is IdempotencyConflict or IdempotencyKeyRequired ? reply with { IsOurMistake = true } : reply;
    }
}
