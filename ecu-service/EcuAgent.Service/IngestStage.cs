using EcuAgent.VehicleBus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>Runs the bus's reading side on a thread of its own.</summary>
internal sealed class IngestStage(
    CockpitBus bus, Inbox inbox, IHostApplicationLifetime lifetime, ILogger<IngestStage> logger, StandbyDuty? standby = null)
    : Stage(lifetime, logger)
{
    protected override string Name => "ingest";

    protected override Task RunAsync(CancellationToken stopping)
    {
        inbox.Standby = standby;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                bus.Ingest.Run(inbox, stopping);
                done.SetResult();
            }
#pragma warning disable CA1031 // Handed on to the stage, which stops the service.
            catch (Exception error)
#pragma warning restore CA1031
            {
                done.SetException(error);
            }
        })
        {
            IsBackground = true,
            Name = "EcuAgent ingest",
            Priority = ThreadPriority.AboveNormal,
        };
        thread.Start();
        return done.Task;
    }
}
