using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>The service with its model on the cockpit's host; ECUs, sensors and occupants in the car.</summary>
public abstract class TwoHostRig : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ChildProcess> _started = [];

    internal HostLink Link { get; private set; } = null!;

    internal ChildProcess Service { get; private set; } = null!;

    internal ChildProcess Ecus { get; private set; } = null!;

    /// <summary>What is seen beside the service, whatever the wire does.</summary>
    internal ChildProcess OnCockpit { get; private set; } = null!;

    internal TestBus Bus { get; private set; } = null!;

    internal int Domain { get; } = Domains.Next();

    public async ValueTask InitializeAsync()
    {
        if (TestNamespace.Missing is not null || ModelPackage.Folder is not { } model)
        {
            return; // Each test skips itself and says why.
        }

        Link = await HostLink.StartAsync();
        Service = Started(Link.StartOnCockpit(
            Checkout.Service, ["--domain", $"{Domain}", "--model", model, "--audit", _folder.Path, .. ServiceSettings()]));
        Ecus = Started(StartEcus());
        OnCockpit = Started(StartObserver());
        await Service.LineAsync("Ready: ");
        await Ecus.LineAsync("ready:");
        await StartBetweenAsync();
        Bus = OpenBus();
        await Bus.WaitForServiceAsync();
        await OnCockpit.LineAsync("state ");

        // Read-back of both ECUs.
        await Bus.NextAsync<V1.AgentHealth>(h => h.SamplesReceived >= 4);
    }

    public async ValueTask DisposeAsync()
    {
        if (Bus is not null)
        {
            await Bus.DisposeAsync();
        }

        foreach (var process in _started.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }

        if (Link is not null)
        {
            await Link.DisposeAsync();
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>How often a person may have to ask until peers that had lost each other answer.</summary>
    internal abstract int MostAttempts { get; }

    /// <summary>A wire so bad that the bus still has to carry everything.</summary>
    internal abstract WireFaults Bad { get; }

    /// <summary>How the service joins its bus over the wire.</summary>
    private protected abstract string[] ServiceSettings();

    private protected abstract ChildProcess StartEcus();

    private protected abstract ChildProcess StartObserver();

    private protected abstract TestBus OpenBus();

    /// <summary>What stands between the wire and the ECUs.</summary>
    private protected virtual Task StartBetweenAsync() => Task.CompletedTask;

    private protected ChildProcess Started(ChildProcess process)
    {
        _started.Add(process);
        return process;
    }
}
