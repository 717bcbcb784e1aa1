using System.Diagnostics;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace EcuAgent.Commerce.Http;

/// <summary>
/// Sends a request, and sends it again where that is harmless and may help: with the same key and the same bytes, after a growing wait or the
/// one that the server asks for, as long as the call's time is not used up. A request that is not repeatable is sent once.
/// </summary>
internal sealed class CommerceTransport
{
    private static readonly ResiliencePropertyKey<RepeatState> State = new("ecuagent.repeat");
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    private readonly CommerceHttp _http;
    private readonly Func<HttpEnd, Operation, Reply> _rules;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<Reply> _repeating;

    internal CommerceTransport(CommerceHttp http, Func<HttpEnd, Operation, Reply> rules, int repeats, TimeProvider time, ILogger logger)
    {
        _http = http;
        _rules = rules;
        _time = time;
        _logger = logger;
        _repeating = repeats == 0 ? ResiliencePipeline<Reply>.Empty : MakePipeline(repeats, time);
    }

    /// <summary>Sends, and says what the protocol's rules make of the end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<Reply> SendAsync(HttpCall call, Operation operation, CallBudget budget, CancellationToken cancellationToken)
    {
        if (!call.IsRepeatable)
        {
            return await SendOnceAsync(call, operation, call.AttemptTimeout, cancellationToken).ConfigureAwait(false);
        }

        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(State, new RepeatState(budget));
            return await _repeating.ExecuteAsync(
                static async (context, state) =>
                {
                    var limit = state.budget.Left < state.call.AttemptTimeout ? state.budget.Left : state.call.AttemptTimeout;
                    return await state.transport.SendOnceAsync(state.call, state.operation, limit, context.CancellationToken).ConfigureAwait(false);
                },
                context,
                (transport: this, call, operation, budget)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResiliencePipeline<Reply> MakePipeline(int repeats, TimeProvider time) =>
        new ResiliencePipelineBuilder<Reply> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Reply>
            {
                MaxRetryAttempts = repeats,
                ShouldHandle = static arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { MayPass: true } reply
                    && arguments.Context.Properties.GetValue(State, null!).HasTimeFor(WaitBefore(arguments.AttemptNumber, reply))),
                DelayGenerator = static arguments => ValueTask.FromResult<TimeSpan?>(WaitBefore(arguments.AttemptNumber, arguments.Outcome.Result!)),
            })
            .Build();

    // One car, one request at a time: jitter would spread nothing.
    private static TimeSpan WaitBefore(int attempt, Reply reply) => reply.RetryAfter ?? FirstWait * Math.Pow(2, attempt);

    private async Task<Reply> SendOnceAsync(HttpCall call, Operation operation, TimeSpan limit, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        var end = await _http.SendAsync(call, limit, cancellationToken).ConfigureAwait(false);
        if (end.Kind == HttpEndKind.Answered && call.Check is { } check)
        {
            end = check(end);
        }

        var reply = _rules(end, operation);
        var elapsedMs = (long)_time.GetElapsedTime(begun).TotalMilliseconds;
        Log.Sent(_logger, call.Operation, call.Party, end.Detail, reply.Outcome, reply.Reason, elapsedMs);
        if (reply.IsOurMistake)
        {
            Log.OurMistake(_logger, call.Operation, call.Party, reply.Reason);
        }

        return reply;
    }

    private sealed class RepeatState(CallBudget budget)
    {
        internal bool HasTimeFor(TimeSpan wait) => wait < budget.Left;
    }
}
