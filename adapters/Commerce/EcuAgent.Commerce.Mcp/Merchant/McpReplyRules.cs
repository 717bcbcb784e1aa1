using System.Text.Json.Nodes;
using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Mcp.Connection;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Mcp.Merchant;

/// <summary>
/// What the end of a tool's call means for the purchase. As over HTTP, a refusal counts as one only where it has ACP's error body: whatever else
/// fails between the car and the checkout knows nothing of an order. There is no status here, so the code alone tells.
/// </summary>
internal static class McpReplyRules
{
    // JSON-RPC 2.0: the server failed inside, as a 500 does.
    private const int InternalError = -32603;
    private const string ServiceUnavailable = "service_unavailable";

    internal static Reply Of(McpEnd end, Operation operation) => end.Kind switch
    {
        McpEndKind.NotSent => new Reply(CommerceOutcome.NotSent, CommerceReasons.Unreachable) { MayPass = true },
        McpEndKind.HeldBack => new Reply(CommerceOutcome.NotSent, CommerceReasons.Unreachable),
        McpEndKind.Unauthorized => EndRules.Refused(AdapterReasons.Unauthorized),
        McpEndKind.NoAnswer => NoAnswer(),
        McpEndKind.Error when end.ErrorCode == InternalError => NoAnswer(),
        McpEndKind.Error => OfError(Rebuilt(end.ErrorData), operation),
        McpEndKind.Answered => OfResult(end, operation),
        _ => Bad(),
    };

    private static Reply Bad() => new(CommerceOutcome.Unknown, CommerceReasons.BadAnswer);

    private static Reply NoAnswer() => new(CommerceOutcome.Unknown, CommerceReasons.NoAnswer) { MayPass = true };

    private static Reply OfResult(McpEnd end, Operation operation) => AcpToolResult.Of(end) switch
    {
        { Body: null } or null => Bad(),
        { IsError: true, Body: { } body } => OfError(body, operation),
        { Body: { } body } when FlatError.CodeOf(body.Span) is not null => OfError(body, operation),
        { Body: { } body } => new Reply(CommerceOutcome.Done, CommerceReasons.Done) { Body = body },
    };

    private static Reply OfError(ReadOnlyMemory<byte> body, Operation operation)
    {
        if (FlatError.CodeOf(body.Span) is not { } word)
        {
            return Bad();
        }

        var code = ReasonWords.Of(word);
        var reply = OfCode(code, TypeOf(body), operation);
        return code is EndRules.IdempotencyConflict or EndRules.IdempotencyKeyRequired ? reply with { IsOurMistake = true } : reply;
    }

    private static Reply OfCode(string code, string type, Operation operation) => code switch
    {
        EndRules.IdempotencyInFlight => new Reply(CommerceOutcome.Unknown, code) { MayPass = true },

        // The key was used before with another body, or a completion is running: it may be an earlier one of this purchase.
        EndRules.IdempotencyConflict or EndRules.CompleteInProgress when operation == Operation.Complete => new Reply(CommerceOutcome.Unknown, code),
        _ when type == ServiceUnavailable => NoAnswer(),
        "not_found" or "session_not_found" or "checkout_session_not_found" => EndRules.Refused(CommerceReasons.NotFound),
        "session_completed" or "session_canceled" or "session_expired" or "session_closed" or "not_cancelable"
            when operation is Operation.Cancel or Operation.Complete or Operation.Update => EndRules.Refused(CommerceReasons.SessionClosed),
        _ => EndRules.Refused(code),
    };

    private static string TypeOf(ReadOnlyMemory<byte> body) => JsonNode.Parse(body.Span)!["type"]!.GetValue<string>();

    private static ReadOnlyMemory<byte> Rebuilt(IReadOnlyDictionary<string, string> texts)
    {
        var body = new JsonObject(texts.Select(text => KeyValuePair.Create<string, JsonNode?>(text.Key, text.Value)));
        return System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
