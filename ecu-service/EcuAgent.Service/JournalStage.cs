using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>Removes from the purchase journal what is older than it has to keep: at the start and once a day.</summary>
internal sealed class JournalStage(
    CommerceOwner commerce, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<JournalStage> logger, StandbyDuty? standby = null)
    : Stage(lifetime, logger)
{
    internal static readonly TimeSpan Period = TimeSpan.FromDays(1);

    protected override string Name => "journal";

    protected override Task RunAsync(CancellationToken stopping) => RepeatAsync(WhileLeading(commerce.PurgeAsync, standby), Logger.PurgeFailed, Period, time, stopping);
}
