using System.Text.Json;
using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Json;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Acp;

/// <summary>Tells ACP's sessions and orders from what is none.</summary>
internal static class SessionReader
{
    /// <summary>A session, and that one where it is known which.</summary>
    internal static WireSession? ReadSession(ReadOnlyMemory<byte> utf8, Operation operation, string? sessionId, string merchant, ILogger logger)
    {
        if (WireReader.Read(utf8, AcpJson.Default.WireSession, operation, merchant, logger) is not { } session)
        {
            return null;
        }

        if (WireReader.FaultOf(session.Id, sessionId, [.. session.LineItems.Select(line => line?.Quantity)]) is { } fault)
        {
            Log.NotUnderstood(logger, operation.ToString(), merchant, nameof(WireSession), fault);
            return null;
        }

        return session with
        {
            Totals = WireReader.Solid(session.Totals),
            FulfillmentOptions = WireReader.Solid(session.FulfillmentOptions),
            SelectedFulfillmentOptions = WireReader.Solid(session.SelectedFulfillmentOptions),
            Messages = WireReader.Solid(session.Messages),
        };
    }

    /// <summary>True for an object that is an order and no session: an order names its session.</summary>
    internal static bool IsOrder(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("checkout_session_id", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
