using System.Diagnostics.CodeAnalysis;
using EcuAgent.Bench.MemoryProbe;

/// <summary>Where the runtime enters when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: the service itself stays as it was built.</summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for exactly this name, without a namespace.")]
internal static class StartupHook
{
    /// <summary>Serves readings on the socket that <see cref="Probe.SocketVariable"/> names.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Probe.SocketVariable) is { Length: > 0 } socket)
        {
            Probe.Start(socket);
        }
    }
}
