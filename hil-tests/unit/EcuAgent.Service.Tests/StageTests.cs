using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service.Tests;

/// <summary>Real hosts with one stage each: what a stage does decides whether the host goes on.</summary>
public sealed class StageTests : IDisposable
{
    private readonly int _exitCodeBefore = Environment.ExitCode;

    public void Dispose() => Environment.ExitCode = _exitCodeBefore;

    [Fact]
    public async Task Stage_Throws_StopsTheHostWithCriticalAndExitCode()
    {
        var log = await RunToEndAsync(_ => Task.FromException(new IOException("the bus is gone")));

        var line = Assert.Single(log.Lines, l => l.Level == LogLevel.Critical);
        Assert.Contains("Stage probe ended by surprise", line.Text, StringComparison.Ordinal);
        Assert.Equal("the bus is gone", line.Error?.Message);
        Assert.Equal(ExitCodes.StageDied, Environment.ExitCode);
    }

    [Fact]
    public async Task Stage_ReturnsWhileTheHostRuns_StopsTheHostToo()
    {
        var log = await RunToEndAsync(_ => Task.CompletedTask);

        Assert.Single(log.Lines, l => l.Level == LogLevel.Critical);
        Assert.Equal(ExitCodes.StageDied, Environment.ExitCode);
    }

    [Fact]
    public async Task Stage_HostIsStopped_EndsQuietly()
    {
        Environment.ExitCode = 0;
        var log = await RunToEndAsync(stopping => Task.Delay(Timeout.Infinite, stopping), stopAtOnce: true);

        Assert.DoesNotContain(log.Lines, l => l.Level >= LogLevel.Error);
        Assert.Equal(0, Environment.ExitCode);
    }

    private static async Task<CapturedLog> RunToEndAsync(Func<CancellationToken, Task> work, bool stopAtOnce = false)
    {
        using var log = new CapturedLog();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(log);
        builder.Services.AddHostedService(s => new ProbeStage(
            work, s.GetRequiredService<IHostApplicationLifetime>(), s.GetRequiredService<ILogger<ProbeStage>>()));
        using var host = builder.Build();
        using var watchdog = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        if (stopAtOnce)
        {
            var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
        }

        await host.RunAsync(watchdog.Token);
        Assert.False(watchdog.IsCancellationRequested, "the host did not stop");
        return log;
    }

    private sealed class ProbeStage(Func<CancellationToken, Task> work, IHostApplicationLifetime lifetime, ILogger logger) : Stage(lifetime, logger)
    {
        protected override string Name => "probe";

        protected override Task RunAsync(CancellationToken stopping) => work(stopping);
    }
}
