using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>A part of the service that runs as long as the service does. One that ends by surprise stops the service.</summary>
internal abstract class Stage(IHostApplicationLifetime lifetime, ILogger logger) : BackgroundService
{
    protected abstract string Name { get; }

    protected ILogger Logger { get; } = logger;

    protected IHostApplicationLifetime Lifetime { get; } = lifetime;

    protected abstract Task RunAsync(CancellationToken stopping);

    /// <summary>Does something now and after each period, for ever. What throws is logged and done again at its next time.</summary>
    protected static async Task RepeatAsync(
        Func<CancellationToken, Task> work, Action<Exception> log, TimeSpan period, TimeProvider time, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(period, time);
        do
        {
            try
            {
                await work(stopping).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // One bad round must not be the last; it is logged with its stack.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }

    /// <summary>Work that only the service that leads a pair does; one that is alone always does it.</summary>
    protected static Func<CancellationToken, Task> WhileLeading(Func<CancellationToken, Task> work, StandbyDuty? standby) =>
        stopping => standby?.MayAct == false ? Task.CompletedTask : work(stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken).ConfigureAwait(false);
            if (!stoppingToken.IsCancellationRequested)
            {
                throw new InvalidOperationException($"Stage {Name} returned while the service runs.");
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
#pragma warning disable CA1031 // Whatever ends a stage must stop the service, loudly.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Logger.StageDied(error, Name);
            Environment.ExitCode = ExitCodes.StageDied;
            Lifetime.StopApplication();
        }
    }
}
