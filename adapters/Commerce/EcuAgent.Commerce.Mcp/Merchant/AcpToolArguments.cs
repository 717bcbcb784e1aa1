using System.Text.Json.Nodes;
using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Http;

namespace EcuAgent.Commerce.Mcp.Merchant;

/// <summary>Writes <c>params</c> of <c>tools/call</c> for ACP's tools: <c>openrpc.agentic_checkout.json</c> of 2026-04-17.</summary>
internal static class AcpToolArguments
{
    private const string UserAgent = "EcuAgent/1";

    internal static string ToolOf(Operation operation) => operation switch
    {
        Operation.Create => "create_checkout_session",
        Operation.Update => "update_checkout_session",
        Operation.Get => "get_checkout_session",
        Operation.Complete => "complete_checkout_session",
        Operation.Cancel => "cancel_checkout_session",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "ACP's binding has no such tool"),
    };

    internal static JsonObject Of(AcpCall call)
    {
        // What are headers over HTTP.
        var meta = new JsonObject { ["api_version"] = AcpWords.ApiVersion };
        if (call.IdempotencyKey is { } key)
        {
            meta["idempotency_key"] = key;
        }

        meta["request_id"] = Guid.NewGuid().ToString();
        meta["user_agent"] = UserAgent;
        meta["accept_language"] = call.Merchant.Locale;
        var arguments = new JsonObject { ["meta"] = meta };
        if (call.Id is { } id)
        {
            arguments["id"] = id;
        }

        if (call.Body is { } body)
        {
            arguments["payload"] = JsonNode.Parse(body.Span);
        }

        return new JsonObject { ["name"] = ToolOf(call.Operation), ["arguments"] = arguments };
    }
}
