using EcuAgent.Commerce.Mcp.Connection;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Tools;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>A server of the file and what it is allowed.</summary>
/// <param name="Server">Where it is.</param>
/// <param name="Tools">Its allowed tools by name.</param>
internal sealed record ToolServer(McpServer Server, IReadOnlyDictionary<string, AllowedTool> Tools);

/// <summary>A tool that the file allows.</summary>
internal sealed record AllowedTool(string Name, ActionClass Class)
{
    internal static readonly TimeSpan StandardTimeLimit = TimeSpan.FromSeconds(10);

    internal const int StandardResultBytes = 64 * 1024;

    /// <summary>Hash of the definition when it was allowed; null where none was taken.</summary>
    internal string? Pin { get; init; }

    internal TimeSpan TimeLimit { get; init; } = StandardTimeLimit;

    internal int MostResultBytes { get; init; } = StandardResultBytes;

    /// <summary>What arguments have to keep besides the server's schema, by name; also what a slot of a sentence may hold.</summary>
    internal IReadOnlyDictionary<string, ToolSlot> Limits { get; init; } = new Dictionary<string, ToolSlot>();

    /// <summary>How it is asked for by a sentence; null where it is not.</summary>
    internal SpokenTool? Spoken { get; init; }
}
