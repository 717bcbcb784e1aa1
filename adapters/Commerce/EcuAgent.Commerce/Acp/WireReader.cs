using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Http;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Acp;

/// <summary>Turns bodies into wire types, or null with a log line.</summary>
internal static class WireReader
{
    // A session with more is none that a person in a car can be asked about.
    private const int MostLines = 200;
    private const int LongestId = 256;

    internal static T? Read<T>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> type, Operation operation, string merchant, ILogger logger)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(utf8.Span, type) is { } value)
            {
                return value;
            }

            Log.NotUnderstood(logger, operation.ToString(), merchant, typeof(T).Name, "$");
        }
        catch (JsonException error)
        {
            Log.NotUnderstood(logger, operation.ToString(), merchant, typeof(T).Name, error.Path ?? "$");
        }

        return null;
    }

    /// <summary>A session, and that one where it is known which.</summary>
    internal static WireSession? ReadSession(ReadOnlyMemory<byte> utf8, Operation operation, string? sessionId, string merchant, ILogger logger)
    {
        if (Read(utf8, AcpJson.Default.WireSession, operation, merchant, logger) is not { } session)
        {
            return null;
        }

        // The annotations of a list's items do not bind the serializer.
        if (!IsId(session.Id) || (sessionId is not null && session.Id != sessionId))
        {
            Log.NotUnderstood(logger, operation.ToString(), merchant, nameof(WireSession), "$.id");
            return null;
        }

        if (session.LineItems.Count > MostLines || session.LineItems.Any(line => line is null || line.Quantity is < 1 or > int.MaxValue))
        {
            Log.NotUnderstood(logger, operation.ToString(), merchant, nameof(WireSession), "$.line_items");
            return null;
        }

        return session with
        {
            Totals = Solid(session.Totals),
            FulfillmentOptions = Solid(session.FulfillmentOptions),
            SelectedFulfillmentOptions = Solid(session.SelectedFulfillmentOptions),
            Messages = Solid(session.Messages),
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

    /// <summary>True for an id that can stand in a path and leads nowhere else.</summary>
    internal static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && id is not ("." or "..") && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    /// <summary>The items of a list that are there.</summary>
    internal static IReadOnlyList<T> Solid<T>(IReadOnlyList<T>? list)
        where T : class
        => [.. (list ?? []).Where(item => item is not null)];
}
