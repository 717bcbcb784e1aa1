using EcuAgent.Core.Tools;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Mcp.Connection;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>Asks a server for its tools, page by page, within bounds. A list beyond them is refused as a whole.</summary>
internal static class ToolListing
{
    internal const int MostTools = 512;

    private const int MostPages = 16;
    private const int MostPageBytes = 1024 * 1024;
    private const int LongestCursor = 1024;

    /// <summary>The tools by name or the reason of why not, and which list of the link it is: as it was when the first page was asked for.</summary>
    internal static async Task<(IReadOnlyDictionary<string, OfferedTool>? Tools, string Reason, int Version)> AskAsync(
        McpLink link, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        var tools = new Dictionary<string, OfferedTool>(StringComparer.Ordinal);
        int? version = null;
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var parameters = cursor is null ? [] : new JsonObject { ["cursor"] = cursor };
            var request = new McpRequest("tools/list", parameters) 
            {
                TimeLimit = timeLimit,
                MostBytes = MostPageBytes,

                // Once there is a session, and before the server answers: a notice that comes in between is about this list.
                MayLeave = () =>
                {
                    version ??= link.ToolLists;
                    return ValueTask.FromResult(true);
                },
            };
            var end = await link.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (end.Kind != McpEndKind.Answered)
            {
                return (null, ToolEnds.ReasonOf(end), 0);
            }

            using var document = end.Read();
            if (document is null || !TryTake(document.RootElement, tools))
            {
                return (null, ToolReasons.BadAnswer, 0);
            }

            if (tools.Count > MostTools)
            {
                return (null, ToolReasons.TooManyTools, 0);
            }

            cursor = CursorOf(document.RootElement);
            if (cursor is null)
            {
                return (tools, ToolReasons.Done, version ?? 0);
            }
        }

        return (null, ToolReasons.TooManyTools, 0);
    }

    // A name that stands twice would leave it to chance which of the two was allowed.
    private static bool TryTake(JsonElement page, Dictionary<string, OfferedTool> tools) =>
        page.ValueKind == JsonValueKind.Object
        && page.TryGetProperty("tools", out var list) && list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().All(definition => OfferedTool.Of(definition) is { } tool && tools.TryAdd(tool.Name, tool));

    private static string? CursorOf(JsonElement page) =>
        page.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String
            && next.GetString() is { Length: > 0 and <= LongestCursor } cursor ? cursor : null;
}
