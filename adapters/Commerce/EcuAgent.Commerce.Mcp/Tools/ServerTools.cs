using EcuAgent.Commerce.Mcp.Connection;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Tools;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>One server: its link, its list of tools as long as it holds, and what each tool counts as.</summary>
internal sealed class ServerTools(ToolServer server, McpToolboxOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Kept? _kept;

    internal string Id => server.Server.Id;

    internal McpLink Link { get; } = new(server.Server, options.Link, time, logger);

    /// <summary>The tools that the server offers now and which list of the link that is, or why there is no list.</summary>
    internal async Task<(IReadOnlyDictionary<string, OfferedTool>? Tools, string Reason, int Version)> OfferedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_kept is { } kept && kept.Version == Link.ToolLists && time.GetElapsedTime(kept.AskedAt) < options.ListHolds)
            {
                return (kept.Tools, ToolReasons.Done, kept.Version);
            }
        }

        var (tools, reason, version) = await ToolListing.AskAsync(Link, options.ListTimeout, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _kept = tools is null ? null : new Kept(tools, version, time.GetTimestamp());
        }

        foreach (var changed in tools?.Values.Where(tool => WhyOf(tool) == ToolReasons.ToolChanged) ?? [])
        {
            Log.ToolChanged(logger, Id, changed.Name);
        }

        return (tools, reason, version);
    }

    /// <summary>What the file says of a tool; null where it does not name it.</summary>
    internal AllowedTool? AllowedOf(string name) => server.Tools.GetValueOrDefault(name);

    /// <summary>What an offered tool counts as.</summary>
    internal ToolStanding StandingOf(OfferedTool tool)
    {
        var why = WhyOf(tool);
        return new ToolStanding(Id, tool.Name, why == ToolReasons.Allowed ? AllowedOf(tool.Name)!.Class : ActionClass.Setup, why)
        {
            Description = tool.Description,
            Pin = tool.Pin,
            IsPinned = AllowedOf(tool.Name)?.Pin is not null,
            SaysReadOnly = tool.SaysReadOnly,
        };
    }

    /// <summary>All tools by name, also those that the file names and the server does not have.</summary>
    internal IReadOnlyList<ToolStanding> StandingsOf(IReadOnlyDictionary<string, OfferedTool>? offered) =>
        [.. (offered?.Values.Select(StandingOf) ?? [])
            .Concat(server.Tools.Values.Where(tool => offered?.ContainsKey(tool.Name) != true)
                .Select(tool => new ToolStanding(Id, tool.Name, tool.Class, ToolReasons.NotOffered) { IsPinned = tool.Pin is not null }))
            .OrderBy(tool => tool.Name, StringComparer.Ordinal)];

    public ValueTask DisposeAsync() => Link.DisposeAsync();

    private string WhyOf(OfferedTool tool) => AllowedOf(tool.Name) switch
    {
        null => ToolReasons.NotListed,
        { Pin: { } pin } when pin != tool.Pin => ToolReasons.ToolChanged,
        _ => ToolReasons.Allowed,
    };

    private sealed record Kept(IReadOnlyDictionary<string, OfferedTool> Tools, int Version, long AskedAt);
}
