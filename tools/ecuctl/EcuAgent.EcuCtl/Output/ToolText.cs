using System.Text.Json;
using EcuAgent.Commerce.Mcp.Tools;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tools;

namespace EcuAgent.EcuCtl.Output;

/// <summary>Tools of MCP servers as lines for a person. What servers write is plain text by then.</summary>
internal static class ToolText
{
    /// <summary>The word for a class, as the file has it.</summary>
    public static string Word(ActionClass row) => row.ToString().ToLowerInvariant();

    /// <summary>One server and its tools.</summary>
    public static IEnumerable<string> Lines(ToolList list) =>
    [
        list.Reason == ToolReasons.Done ? $"{list.Server}: {list.Tools.Count} tools" : $"{list.Server}: no list of tools: {list.Reason}",
        .. list.Tools.SelectMany(Lines),
    ];

    /// <summary>The same, one object a tool.</summary>
    public static IEnumerable<string> Json(ToolList list) => list.Tools.Select(tool => JsonSerializer.Serialize(new
    {
        server = tool.Server,
        list = list.Reason,
        name = tool.Name,
        @class = Word(tool.Class),
        why = tool.Why,
        pinned = tool.IsPinned,
        saysReadOnly = tool.SaysReadOnly,
        pin = tool.Pin,
        description = tool.Description,
    }));

    /// <summary>What a person says yes to.</summary>
    public static IEnumerable<string> ReadBack(ToolStanding? tool, ToolCall call) => [.. tool is null ? [] : Lines(tool), $"    with {call.Arguments}"];

    /// <summary>What a tool wrote.</summary>
    public static IEnumerable<string> Lines(ToolAnswer answer) =>
        answer.PartsNotShown > 0 ? [.. answer.Lines, $"({answer.PartsNotShown} parts are not shown)"] : answer.Lines;

    private static IEnumerable<string> Lines(ToolStanding tool)
    {
        yield return $"  {Word(tool.Class),-9} {tool.Name}  {tool.Why}{(tool.IsPinned ? ", pinned" : "")}{(tool.SaysReadOnly ? ", says it only reads" : "")}";
        if (tool.Description.Length > 0)
        {
            yield return $"    {tool.Description}";
        }

        if (tool.Pin.Length > 0)
        {
            yield return $"    {tool.Pin}";
        }
    }
}
