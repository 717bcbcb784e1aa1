using EcuAgent.ToolBus;

namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>A primary and a backup service with model, both ECU simulators, and the car in mid-drive.</summary>
internal sealed class StandbyRig : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private readonly string[] _more;
    private int _starts;

    private StandbyRig(string model, string[] more) => (_model, _more) = (model, more);

    public int Domain { get; } = Domains.Next();

    public ChildProcess Simulator { get; private set; } = null!;

    public ChildProcess Primary { get; private set; } = null!;

    public ChildProcess Backup { get; private set; } = null!;

    public TestBus Bus { get; private set; } = null!;

    /// <summary>Both started at the same time, and the primary leads.</summary>
    public static async Task<StandbyRig> StartAsync(string model, params string[] more)
    {
        var rig = new StandbyRig(model, more);
        try
        {
            rig.Simulator = await ServiceProcess.StartSimulatorAsync(rig.Domain, "--standby");
            rig.Bus = new TestBus(rig.Domain, isPair: true);
            rig.Primary = rig.Start("Primary");
            rig.Backup = rig.Start("Backup");
            await rig.SaysAsync("standby:leading:200");
            await rig.SaysAsync("standby:following:100");
            await rig.Bus.WaitForServiceAsync();
            await rig.Bus.DriveAsync();
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public async Task RestartPrimaryAsync()
    {
        await Primary.DisposeAsync();
        Primary = Start("Primary");
    }

    public async Task RestartBackupAsync()
    {
        await Backup.DisposeAsync();
        Backup = Start("Backup");
    }

    /// <summary>Waits for a heartbeat from a place on that carries a code.</summary>
    public Task<BusSample<V1.AgentHealth>> SaysAsync(string code, int mark = 0) =>
        Bus.NextEventAsync<V1.AgentHealth>(h => h.DegradedReasons.ToString().Split(',').Contains(code), mark);

    /// <summary>Utterances for which the climate ECU carried something out, by its own words; one that it did twice for stands there twice.</summary>
    public List<string> CarriedOut() =>
        [.. Simulator.Output.Split('\n')
            .Where(l => l.StartsWith("hvac: carried out ", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf(" for ", StringComparison.Ordinal) + " for ".Length)..l.LastIndexOf(": ", StringComparison.Ordinal)])];

    public void RequireNothingTwice() => Assert.Empty(CarriedOut().GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key));

    public async ValueTask DisposeAsync()
    {
        if (Bus is not null)
        {
            await Bus.DisposeAsync();
        }

        foreach (var process in new[] { Primary, Backup, Simulator })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        _folder.Dispose();
    }

    private ChildProcess Start(string role) => ServiceProcess.Start(
        Domain, _model, _folder.File($"{role}{++_starts}"), ["--standby", role, .. _more]);
}
