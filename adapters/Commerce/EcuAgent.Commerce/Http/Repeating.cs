using Polly;
using Polly.Retry;

namespace EcuAgent.Commerce.Http;

/// <summary>
/// Does again what is harmless to do again and may help: after a growing wait or the one that the server asks for, as long as the call's time is
/// not used up.
/// </summary>
internal sealed class Repeating(int repeats, TimeProvider time)
{
    private static readonly ResiliencePropertyKey<TimeLeft> Left = new("ecuagent.left");
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    private readonly ResiliencePipeline<Reply> _pipeline = repeats == 0 ? ResiliencePipeline<Reply>.Empty : MakePipeline(repeats, time);

    /// <summary>Sends, and sends again.</summary>
    /// <param name="sendOnce">One sending, within the time that it is given.</param>
    /// <param name="attemptTimeout">Longest time for one sending.</param>
    /// <param name="budget">Time in all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<Reply> SendAsync(
        Func<TimeSpan, CancellationToken, Task<Reply>> sendOnce, TimeSpan attemptTimeout, CallBudget budget, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Left, new TimeLeft(budget));
            return await _pipeline.ExecuteAsync(
                static async (context, state) =>
                {
                    var limit = state.budget.Left < state.attemptTimeout ? state.budget.Left : state.attemptTimeout;
                    return await state.sendOnce(limit, context.CancellationToken).ConfigureAwait(false);
                },
                context,
                (sendOnce, attemptTimeout, budget)).ConfigureAwait(false);
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
                    && arguments.Context.Properties.GetValue(Left, null!).HasTimeFor(WaitBefore(arguments.AttemptNumber, reply))),
                DelayGenerator = static arguments => ValueTask.FromResult<TimeSpan?>(WaitBefore(arguments.AttemptNumber, arguments.Outcome.Result!)),
            })
            .Build();

    // One car, one request at a time: jitter would spread nothing.
    private static TimeSpan WaitBefore(int attempt, Reply reply) => reply.RetryAfter ?? FirstWait * Math.Pow(2, attempt);

    private sealed class TimeLeft(CallBudget budget)
    {
        internal bool HasTimeFor(TimeSpan wait) => wait < budget.Left;
    }
}
