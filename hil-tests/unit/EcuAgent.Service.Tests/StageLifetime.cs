using Microsoft.Extensions.Hosting;

namespace EcuAgent.Service.Tests;

/// <summary>The life of a host that a stage under test may end.</summary>
internal sealed class StageLifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public bool IsStopped { get; private set; }

    public void StopApplication() => IsStopped = true;
}
