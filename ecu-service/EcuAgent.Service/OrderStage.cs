using EcuAgent.Core.Agent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>Finds out what became of open orders, at the start and every few seconds, and asks how far placed ones are.</summary>
internal sealed class OrderStage(
    AssistantAgent agent, CommerceOwner commerce, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<OrderStage> logger)
    : Stage(lifetime, logger)
{
    private static readonly TimeSpan SettlePeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FollowPeriod = TimeSpan.FromMinutes(1);

    protected override string Name => "orders";

    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (commerce.Purchases is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping).ConfigureAwait(false);
            return;
        }

        var loops = new List<Task>
        {
            RepeatAsync(agent.SettleOrdersAsync, SettlePeriod, stopping),
            RepeatAsync(agent.FollowOrdersAsync, FollowPeriod, stopping),
        };
        await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, TimeSpan period, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(period, time);
        do
        {
            try
            {
                await work(stopping).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // One bad order must not keep the others from being settled; it is logged with its stack.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Logger.OrdersFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }
}
