using EcuAgent.MerchantSim;
using EcuAgent.MerchantSim.Payments;

namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>The service with its model and both ECU simulators, in a town with merchants.</summary>
internal sealed class CommerceRig : IAsyncDisposable
{
    private readonly int _domain = Domains.Next();
    private readonly TemporaryFolder _audit = new();
    private readonly TemporaryFolder _journal = new();
    private readonly TemporaryFolder _registry = new();
    private ChildProcess? _simulator;
    private string _registryFile = "";

    private CommerceRig(MerchantWorld world) => World = world;

    public MerchantWorld World { get; }

    public ChildProcess Service { get; private set; } = null!;

    public TestBus Bus { get; private set; } = null!;

    public static async Task<CommerceRig> StartAsync(string instrument = TestInstruments.AlwaysPays)
    {
        ModelPackage.Require();
        var rig = new CommerceRig(await MerchantWorld.StartAsync(new MerchantWorldOptions { AlwaysOpen = true }));
        rig._registryFile = rig.World.WriteRegistry(rig._registry.Path, instrument);
        rig._simulator = await ServiceProcess.StartSimulatorAsync(rig._domain);
        rig.Bus = new TestBus(rig._domain);
        await rig.RestartAsync();
        await rig.Bus.WaitForServiceAsync();
        await rig.Bus.NextAsync<V1.AgentHealth>(h => h.SamplesReceived >= 4);
        return rig;
    }

    /// <summary>Starts the service, anew after a kill: the same journal, audit and registry.</summary>
    public async Task RestartAsync()
    {
        if (Service is not null)
        {
            await Service.DisposeAsync();
        }

        Service = await ServiceProcess.StartReadyAsync(
            _domain,
            ModelPackage.Require(),
            _audit.Path,
            "--EcuAgent:Commerce:RegistryFile", _registryFile,
            "--EcuAgent:Journal:Directory", _journal.Path,
            "--EcuAgent:Deferral:SteadyParkedFor", "00:00:00.5");
    }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await Service.DisposeAsync();
        await _simulator!.DisposeAsync();
        await World.DisposeAsync();
        _audit.Dispose();
        _journal.Dispose();
        _registry.Dispose();
    }
}
