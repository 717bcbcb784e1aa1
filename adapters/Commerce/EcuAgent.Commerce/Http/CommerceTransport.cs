using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Http;

/// <summary>
/// Sends a request, and sends it again where that is harmless and may help: with the same key and the same bytes. A request that is not
/// repeatable is sent once.
/// </summary>
internal sealed class CommerceTransport(
    CommerceHttp http, Func<HttpEnd, Operation, Reply> rules, int repeats, TimeProvider time, ILogger logger)
{
    private readonly Repeating _repeating = new(repeats, time);

    /// <summary>Sends, and says what the protocol's rules make of the end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Task<Reply> SendAsync(HttpCall call, Operation operation, CallBudget budget, CancellationToken cancellationToken) =>
        call.IsRepeatable
            ? _repeating.SendAsync((limit, token) => SendOnceAsync(call, operation, limit, token), call.AttemptTimeout, budget, cancellationToken)
            : SendOnceAsync(call, operation, call.AttemptTimeout, cancellationToken);

    private async Task<Reply> SendOnceAsync(HttpCall call, Operation operation, TimeSpan limit, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var end = await http.SendAsync(call, limit, cancellationToken).ConfigureAwait(false);
        if (end.Kind == HttpEndKind.Answered && call.Check is { } check)
        {
            end = check(end);
        }

        var reply = rules(end, operation);
        Log.Told(logger, call.Operation, call.Party, end.Detail, reply, time.GetElapsedTime(begun));
        return reply;
    }
}
