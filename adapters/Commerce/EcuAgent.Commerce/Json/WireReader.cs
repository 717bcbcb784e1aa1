using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EcuAgent.Commerce.Http;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Json;

/// <summary>Turns bodies into wire types, or null with a log line; and what may be asked of any of them.</summary>
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

    internal static ReadOnlyMemory<byte> Written<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <summary>Where a session is none, or not the one that was asked for, as a JSON path; null where it is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="sessionId">The one that was asked for; null where that is not known.</param>
    /// <param name="quantities">Of its lines; null for a line that is none: the annotations of a list's items do not bind the serializer.</param>
    internal static string? FaultOf(string id, string? sessionId, IReadOnlyList<long?> quantities) =>
        !IsId(id) || (sessionId is not null && id != sessionId) ? "$.id"
        : quantities.Count > MostLines || quantities.Any(quantity => quantity is null or < 1 or > int.MaxValue) ? "$.line_items"
        : null;

    /// <summary>True for an id that can stand in a path and leads nowhere else.</summary>
    internal static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && id is not ("." or "..") && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    /// <summary>The items of a list that are there.</summary>
    internal static IReadOnlyList<T> Solid<T>(IReadOnlyList<T>? list)
        where T : class
        => [.. (list ?? []).Where(item => item is not null)];
}
