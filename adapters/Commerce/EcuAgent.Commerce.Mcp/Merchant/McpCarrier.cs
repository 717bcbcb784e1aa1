using System.Collections.Concurrent;
using EcuAgent.Commerce.Acp;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Mcp.Connection;
using EcuAgent.Commerce.Registry;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Mcp.Merchant;

/// <summary>
/// ACP as tools of an MCP server (binding of 2026-04-17). The binding has five tools and none to take an order back. Completing is sent once, in a
/// session of its own; the rest again where that is harmless, with the same key.
/// </summary>
internal sealed class McpCarrier(CommerceOptions options, TimeProvider time, ILogger logger) : IAcpCarrier, IDisposable
{
    private const int MostWaiting = 8;

    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);

    // One for each merchant of the registry, which has at most 64.
    private readonly ConcurrentDictionary<string, McpLink> _links = new(StringComparer.Ordinal);
    private readonly Repeating _repeating = new(options.Repeats, time);

    public bool TakesOrdersBack => false;

    public Task<Reply> SendAsync(AcpCall call, CallBudget budget, CancellationToken cancellationToken) =>
        call.Operation == Operation.Complete
            ? SendOnceAsync(call, options.CompleteTimeout, cancellationToken)
            : _repeating.SendAsync((limit, token) => SendOnceAsync(call, limit, token), options.AttemptTimeout, budget, cancellationToken);

    public void Dispose() => Task.WhenAll(_links.Values.Select(link => link.DisposeAsync().AsTask())).Wait(DisposeLimit);

    private async Task<Reply> SendOnceAsync(AcpCall call, TimeSpan limit, CancellationToken cancellationToken)
    {
        var link = _links.GetOrAdd(call.Merchant.Id, static (_, state) => state.carrier.LinkTo(state.Merchant), (carrier: this, call.Merchant));
        var begun = time.GetTimestamp();
        var request = new McpRequest("tools/call", AcpToolArguments.Of(call))
        {
            TimeLimit = limit,
            MostBytes = options.MaxAnswerBytes,
            HasOwnSession = call.Operation == Operation.Complete,
        };
        var end = await link.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var reply = McpReplyRules.Of(end, call.Operation);
        Commerce.Log.Told(logger, call.Operation.ToString(), call.Merchant.Id, end.Detail, reply, time.GetElapsedTime(begun));
        return reply;
    }

    private McpLink LinkTo(MerchantEntry merchant) => new(
        new McpServer(merchant.Id, merchant.BaseUrl, merchant.BearerToken), new McpLinkOptions(options.ConnectTimeout, MostWaiting), time, logger);
}
