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
