using EcuAgent.Core.Agent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>Finds out what became of open orders, at the start and every few seconds, and asks how far placed ones are.</summary>
internal sealed class OrderStage(
    AssistantAgent agent,
    CommerceOwner commerce,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<OrderStage> logger,
    StandbyDuty? standby = null) : Stage(lifetime, logger)
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
            RepeatAsync(SettleAsync, Logger.OrdersFailed, SettlePeriod, time, stopping),
            RepeatAsync(WhileLeading(agent.FollowOrdersAsync, standby), Logger.OrdersFailed, FollowPeriod, time, stopping),
        };
        await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private Task SettleAsync(CancellationToken stopping)
    {
        commerce.RenewTurn();
        return WhileLeading(agent.SettleOrdersAsync, standby)(stopping);
    }
}
