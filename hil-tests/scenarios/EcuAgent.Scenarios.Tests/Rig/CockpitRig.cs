namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>The service with its model, and both ECU simulators.</summary>
public sealed class CockpitRig : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ChildProcess? _simulator;

    internal int Domain { get; } = Domains.Next();

    internal string Audit => _folder.Path;

    internal ChildProcess Service { get; private set; } = null!;

    internal TestBus Bus { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (ModelPackage.Folder is not { } model)
        {
            return; // Each test skips itself and says why.
        }

        _simulator = await ServiceProcess.StartSimulatorAsync(Domain);
        Service = await ServiceProcess.StartReadyAsync(Domain, model, _folder.Path);
        Bus = new TestBus(Domain);
        await Bus.WaitForServiceAsync();

        // Nothing else is sent yet: this is the read-back of both simulators, so the service and they have found each other.
        await Bus.NextAsync<V1.AgentHealth>(h => h.SamplesReceived >= 4);
    }

    public async ValueTask DisposeAsync()
    {
        if (Bus is not null)
        {
            await Bus.DisposeAsync();
        }

        if (Service is not null)
        {
            await Service.DisposeAsync();
        }

        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }

        _folder.Dispose();
    }
}
