using EcuAgent.MerchantSim;
using EcuAgent.MerchantSim.Payments;

namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>The service with its model and both ECU simulators, in a town with merchants.</summary>
internal sealed class CommerceRig : IAsyncDisposable
{
    private static readonly string[] EventSettings =
        ["--EcuAgent:Webhooks:Listen", "http://127.0.0.1:0", "--Logging:LogLevel:EcuAgent.Service.OrderEventStage", "Debug"];

    private readonly int _domain = Domains.Next();
    private readonly TemporaryFolder _audit = new();
    private readonly TemporaryFolder _journal = new();
    private readonly TemporaryFolder _registry = new();
    private readonly bool _withEvents;
    private readonly string[] _more;
    private ChildProcess? _simulator;
    private string _registryFile = "";

    private CommerceRig(MerchantWorld world, bool withEvents, string[] more)
    {
        World = world;
        _withEvents = withEvents;
        _more = more;
    }

    public MerchantWorld World { get; }

    public ChildProcess Service { get; private set; } = null!;

    public TestBus Bus { get; private set; } = null!;

    /// <summary>The service's journal.</summary>
    public string Journal => _journal.Path;

    /// <param name="instrument">What pays.</param>
    /// <param name="withEvents">True: merchants send order events and the service receives them; false: it only polls.</param>
    /// <param name="inUcp">True: all merchants are bought from in UCP, signed both ways; false: in ACP.</param>
    /// <param name="settings">More settings of the service.</param>
    public static async Task<CommerceRig> StartAsync(
        string instrument = TestInstruments.AlwaysPays, bool withEvents = false, bool inUcp = false, params string[] settings)
    {
        ModelPackage.Require();
        var rig = new CommerceRig(await MerchantWorld.StartAsync(new MerchantWorldOptions { AlwaysOpen = true }), withEvents, settings);
        rig._registryFile = rig.World.WriteRegistry(rig._registry.Path, instrument, inUcp ? [.. rig.World.Merchants.Select(merchant => merchant.Id)] : null);
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

        string[] settings =
        [
            "--EcuAgent:Commerce:RegistryFile", _registryFile,
            "--EcuAgent:Journal:Directory", _journal.Path,
            "--EcuAgent:Deferral:SteadyParkedFor", "00:00:00.5",
            .. _withEvents ? EventSettings : [],
            .. _more,
        ];
        Service = await ServiceProcess.StartReadyAsync(_domain, ModelPackage.Require(), _audit.Path, settings);
        if (_withEvents)
        {
            const string before = "are received at ";
            var line = await Service.LineAsync(before);
            World.SendWebhooksTo(line[(line.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Replace("MERCHANT", "{merchant}", StringComparison.Ordinal));
        }
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
