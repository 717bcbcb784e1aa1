using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Mcp.Connection;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>
/// Tools of MCP servers that a file allows, each with its row of the gate. A tool that the file does not name, or whose definition is not the one that
/// was allowed, is of class Setup. Nothing that a server says lowers a class. Safe for use from several threads.
/// </summary>
public sealed class McpToolbox : IToolPort, IAsyncDisposable
{
    // JSON-RPC 2.0, section 5.1: the request itself was not taken.
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int MethodNotFound = -32601;
    private const int InvalidParams = -32602;

    // A list may go out of date before anything leaves and before a yes is used up: the session is new, or, as servers do that
    // make their tools when they know the client, the server says so right after it began.
    private const int MostLists = 4;

    private readonly Dictionary<string, ServerTools> _servers;
    private readonly ILogger _logger;

    private McpToolbox(Dictionary<string, ServerTools> servers, IReadOnlyList<SpokenTool> spoken, ILogger logger)
    {
        _servers = servers;
        Spoken = spoken;
        _logger = logger;
    }

    /// <summary>The servers' ids, in the order of the file.</summary>
    public IReadOnlyCollection<string> Servers => _servers.Keys;

    /// <inheritdoc/>
    public IReadOnlyList<SpokenTool> Spoken { get; }

    /// <summary>Reads the file; nothing is connected before the first call.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="EcuAgent.Commerce.Registry.RegistryException">The file, or a secret that it names, is not usable.</exception>
    public static McpToolbox Open(McpToolboxOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.File);
        if (options.Faults() is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("EcuAgent.Commerce.Mcp");
        var servers = ToolFileReader.Load(options.File);
        SpokenTool[] spoken = [.. servers.SelectMany(server => server.Tools.Values).Select(tool => tool.Spoken).OfType<SpokenTool>()];
        Log.Opened(logger, servers.Count, servers.Sum(server => server.Tools.Count), spoken.Length, options.File);
        var clock = time ?? TimeProvider.System;
        return new McpToolbox(
            servers.ToDictionary(server => server.Server.Id, server => new ServerTools(server, options, clock, logger), StringComparer.Ordinal), spoken, logger);
    }

    /// <summary>The tools of one server and what they count as.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ToolList> ListAsync(string server, CancellationToken cancellationToken)
    {
        if (!_servers.TryGetValue(server, out var known))
        {
            return new ToolList(server, ToolReasons.ServerUnknown, []);
        }

        var (offered, reason, _) = await known.OfferedAsync(cancellationToken).ConfigureAwait(false);
        return new ToolList(server, reason, known.StandingsOf(offered));
    }

    /// <inheritdoc/>
    public async Task<ToolCheck> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var (ready, refusal) = await PrepareAsync(call, cancellationToken).ConfigureAwait(false);
        return ready is null
            ? new ToolCheck(refusal!.Outcome, refusal.Reason, refusal.Detail)
            : new ToolCheck(CommerceOutcome.Done, ToolReasons.Done) { Terms = ready.Terms };
    }

    /// <inheritdoc/>
    public async Task<ToolAnswer> CallAsync(ToolCall call, Func<ToolTerms, ValueTask<string?>> permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(permit);
        Ready? ready = null;
        ToolAnswer? answer = null;
        for (var i = 0; answer is null && i < MostLists; i++)
        {
            (ready, answer) = await TryCallAsync(call, permit, cancellationToken).ConfigureAwait(false);
        }

        answer ??= new ToolAnswer(CommerceOutcome.NotSent, ToolReasons.ToolChanged);

        // A name that no list has may be anything.
        Log.Called(_logger, ready?.Name ?? "a tool", ready?.Server.Id ?? "a server", answer.Outcome, answer.Reason);
        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The answer; null where nothing was sent because the server's tools are others by now.</summary>
    private async Task<(Ready? Ready, ToolAnswer? Answer)> TryCallAsync(
        ToolCall call, Func<ToolTerms, ValueTask<string?>> permit, CancellationToken cancellationToken)
    {
        var (ready, refusal) = await PrepareAsync(call, cancellationToken).ConfigureAwait(false);
        return ready is null ? (null, refusal) : (ready, await SendAsync(ready, permit, cancellationToken).ConfigureAwait(false));
    }

    private async Task<(Ready? Ready, ToolAnswer? Refusal)> PrepareAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (!_servers.TryGetValue(call.Server, out var server))
        {
            return Refused(ToolReasons.ServerUnknown, $"no server '{call.Server}' in the file; it has {string.Join(", ", _servers.Keys)}");
        }

        var (arguments, text) = ToolArgumentRules.Parse(call.Arguments);
        if (arguments is null)
        {
            return Refused(ToolReasons.ArgumentsInvalid, text);
        }

        var (offered, reason, version) = await server.OfferedAsync(cancellationToken).ConfigureAwait(false);
        if (offered is null)
        {
            // Only the list was asked for: of the call nothing was sent.
            return (null, new ToolAnswer(CommerceOutcome.NotSent, reason));
        }

        if (!offered.TryGetValue(call.Tool, out var tool))
        {
            return Refused(ToolReasons.NotOffered, $"server '{call.Server}' has no tool '{call.Tool}'");
        }

        if (FaultOf(server.AllowedOf(tool.Name), tool, arguments.Value) is var (faultReason, fault))
        {
            return Refused(faultReason, fault);
        }

        var standing = server.StandingOf(tool);
        return (new Ready(server, tool.Name, arguments.Value, new ToolTerms(standing.Class, standing.Why, KeyOf(tool, text)), version), null);
    }

    private static (string Reason, string Fault)? FaultOf(AllowedTool? allowed, OfferedTool tool, JsonElement arguments)
    {
        try
        {
            var limit = allowed is null ? null : ToolArgumentRules.FaultOf(allowed.Limits, arguments);
            return (limit ?? ArgumentCheck.Fault(tool.InputSchema, arguments)) is { } fault ? (ToolReasons.ArgumentsInvalid, fault) : null;
        }
        catch (UnusableSchemaException)
        {
            return (ToolReasons.SchemaUnusable, $"the input schema of '{tool.Name}' is too deep, goes in circles or refers elsewhere");
        }
    }

    private static (Ready? Ready, ToolAnswer Refusal) Refused(string reason, string detail) =>
        (null, new ToolAnswer(CommerceOutcome.Refused, reason, detail));

    // A yes holds for this definition of the tool and these arguments, not for the next.
    private static string KeyOf(OfferedTool tool, string arguments) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tool.Pin + "\n" + arguments)));

    private static ToolAnswer AnswerOf(McpEnd end, ActionClass row)
    {
        var reason = ToolEnds.ReasonOf(end);
        switch (end.Kind)
        {
            case McpEndKind.NotSent:
                return new ToolAnswer(CommerceOutcome.NotSent, reason);
            case McpEndKind.Unauthorized:
            case McpEndKind.Error when end.ErrorCode is ParseError or InvalidRequest or MethodNotFound or InvalidParams:
                return new ToolAnswer(CommerceOutcome.Refused, reason);
            case McpEndKind.Answered:
                using (var document = end.Read())
                {
                    return document is not null && ToolResult.Of(document.RootElement) is { } result
                        ? AnswerOf(result, row)
                        : new ToolAnswer(CommerceOutcome.Unknown, ToolReasons.BadAnswer);
                }

            default:
                return new ToolAnswer(CommerceOutcome.Unknown, reason);
        }
    }

    // What failed may have been half done; only where nothing is done at all is a failure the same as a refusal.
    private static ToolAnswer AnswerOf(ToolResult result, ActionClass row) =>
        new(
            !result.IsError ? CommerceOutcome.Done : row is ActionClass.Inform or ActionClass.Browse ? CommerceOutcome.Refused : CommerceOutcome.Unknown,
            result.IsError ? ToolReasons.ToolFailed : ToolReasons.Done)
        {
            Lines = result.Lines,
            PartsNotShown = result.PartsNotShown,
        };

    private static async Task<ToolAnswer?> SendAsync(Ready ready, Func<ToolTerms, ValueTask<string?>> permit, CancellationToken cancellationToken)
    {
        var allowed = ready.Terms.Why == ToolReasons.Allowed ? ready.Server.AllowedOf(ready.Name) : null;
        string? refusal = null;
        var isStale = false;
        var parameters = new JsonObject { ["name"] = ready.Name, ["arguments"] = JsonObject.Create(ready.Arguments) };
        var request = new McpRequest("tools/call", parameters)
        {
            TimeLimit = allowed?.TimeLimit ?? AllowedTool.StandardTimeLimit,
            MostBytes = allowed?.MostResultBytes ?? AllowedTool.StandardResultBytes,
            MayLeave = async () =>
            {
                // The server said in between that its tools are others now, or this is another session.
                isStale = ready.Server.Link.ToolLists != ready.Version;
                if (isStale)
                {
                    return false;
                }

                refusal = await permit(ready.Terms).ConfigureAwait(false);
                return refusal is null;
            },
        };
        var end = await ready.Server.Link.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return end.Kind != McpEndKind.HeldBack ? AnswerOf(end, ready.Terms.Class)
            : isStale ? null
            : new ToolAnswer(CommerceOutcome.Refused, refusal!);
    }

    private sealed record Ready(ServerTools Server, string Name, JsonElement Arguments, ToolTerms Terms, int Version);
}
