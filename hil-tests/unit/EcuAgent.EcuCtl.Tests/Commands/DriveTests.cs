using System.Globalization;
using System.Text.Json.Nodes;
using EcuAgent.CycloneDds;
using EcuAgent.Drives;
using EcuAgent.EcuCtl.Tests.Support;
using EcuAgent.Signals;
using EcuAgent.ToolBus;
using Xunit;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Tests.Commands;

/// <summary><c>set</c>, <c>replay</c>, <c>record</c> and <c>watch</c> as processes of their own on real DDS.</summary>
public sealed class DriveTests : IDisposable
{
    private const string File =
        """
        field,signal,value,delay
        current,Vehicle.Powertrain.Transmission.SelectedGear,126,0
        current,Vehicle.Chassis.ParkingBrake.IsEngaged,True,0
        current,Vehicle.Speed,0,1.5
        current,Vehicle.Chassis.ParkingBrake.IsEngaged,False,0.5
        current,Vehicle.Powertrain.Transmission.SelectedGear,127,0.5
        current,Vehicle.Speed,36,0
        current,Vehicle.CurrentLocation.Latitude,48.25,0
        current,Vehicle.CurrentLocation.Longitude,11.5,0.5
        current,Vehicle.Speed,18,0.5
        current,Vehicle.Powertrain.Transmission.SelectedGear,126,0
        """;

    private readonly TestBus _bus = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuctl-test-");

    private string[] OnBus => ["--domain", _bus.Domain.ToString(CultureInfo.InvariantCulture)];

    public void Dispose()
    {
        _bus.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task RecordOfAReplay_BetweenProcesses_HoldsTheSameDrive()
    {
        var original = Path.Combine(_folder.FullName, "original.csv");
        var copy = Path.Combine(_folder.FullName, "copy.csv");
        await System.IO.File.WriteAllTextAsync(original, File + "\n");
        using var record = CtlProcess.Start(["record", copy, .. OnBus]);
        Assert.StartsWith("recording", await record.ReadLineAsync(), StringComparison.Ordinal);

        var replayed = await CtlProcess.RunAsync(["replay", original, .. OnBus]);
        record.Signal("TERM");
        var recorded = await record.EndAsync();

        Assert.Equal((0, ""), (replayed.Code, replayed.Errors));
        Assert.Contains("played 9 events", replayed.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (recorded.Code, recorded.Errors));
        var drive = FleetCsv.Read(copy);
        Assert.Equal([GearPosition.Park, GearPosition.Drive, GearPosition.Park], drive.Events.OfType<GearEvent>().Select(e => e.Position));
        Assert.Equal([true, false], drive.Events.OfType<ParkingBrakeEvent>().Select(e => e.Engaged));
        Assert.Equal([0, 10, 5], Changes(drive.Events.OfType<SpeedEvent>().Select(e => Math.Round(e.SpeedMetersPerSecond, 6))));
        Assert.All(drive.Events.OfType<LocationEvent>(), e => Assert.Equal((48.25, 11.5), (e.LatitudeDegrees, e.LongitudeDegrees)));
        Assert.NotEmpty(drive.Events.OfType<LocationEvent>());

        var again = await CtlProcess.RunAsync(["replay", copy, "--speed", "1000", .. OnBus]);
        Assert.Equal(0, again.Code);
        Assert.Contains($"played {drive.Events.Count} events", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_NobodyOnTheBus_EndsWithFourAndLeavesNoFile()
    {
        var path = Path.Combine(_folder.FullName, "nothing.csv");
        var result = await CtlProcess.RunAsync(["record", path, "--for", "0.5", .. OnBus]);

        Assert.Equal(4, result.Code);
        Assert.False(System.IO.File.Exists(path));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Set_UntilInterrupted_SendsAndThenItsSourcesLeave(string signal)
    {
        using var observer = new BusObserver(_bus.Participant, TimeProvider.System).ObserveSignals();
        using var set = CtlProcess.Start(["set", "speed=36km/h", "gear=drive", "brake=off", "power=on", "location=48.1,11.5", "energy=80", .. OnBus]);
        var seen = new Dictionary<string, BusEvent>(StringComparer.Ordinal);
        while (seen.Count < 6)
        {
            var value = await observer.Events.ReadAsync(_bus.Token);
            seen[value.Topic] = value;
        }

        Assert.Equal(10, Sample<V1.VehicleSpeed>(seen).SpeedMps, 1e-9);
        Assert.Equal(V1.GearPosition.Drive, Sample<V1.Gear>(seen).Position);
        Assert.False(Sample<V1.ParkingBrake>(seen).Engaged);
        Assert.Equal(V1.PowerModeKind.On, Sample<V1.PowerMode>(seen).Mode);
        Assert.Equal((48.1, 11.5), (Sample<V1.Location>(seen).LatitudeDeg, Sample<V1.Location>(seen).LongitudeDeg));
        Assert.Equal(80, Sample<V1.Energy>(seen).StateOfChargePercent);
        Assert.True(double.IsNaN(Sample<V1.Energy>(seen).FuelLevelPercent));

        set.Signal(signal);
        var result = await set.EndAsync();
        Assert.Equal(0, result.Code);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        while (gone.Count < 6)
        {
            if (await observer.Events.ReadAsync(_bus.Token) is { IsGone: true } value)
            {
                gone.Add(value.Topic);
            }
        }
    }

    [Fact]
    public async Task Watch_Redirected_PrintsJsonLines()
    {
        using var watch = CtlProcess.Start(["watch", .. OnBus]);
        await using var publisher = new SignalPublisher(_bus.Participant, TimeProvider.System);
        publisher.SetGear(GearPosition.Neutral);

        var line = JsonNode.Parse((await watch.ReadLineAsync())!)!;
        watch.Signal("INT");

        Assert.Equal(("signal", "Gear", "neutral"), ((string)line["event"]!, (string)line["topic"]!, (string)line["position"]!));
        Assert.Equal(0, (await watch.EndAsync()).Code);
    }

    [Fact]
    public async Task Watch_OnceOnAnEmptyBus_EndsWithFour()
    {
        var result = await CtlProcess.RunAsync(["watch", "--once", "0.5", .. OnBus]);
        Assert.Equal((4, ""), (result.Code, result.Output));
    }

    private static T Sample<T>(Dictionary<string, BusEvent> seen)
        where T : unmanaged => Assert.IsType<BusSample<T>>(seen[typeof(T).Name]).Sample;

    private static IEnumerable<double> Changes(IEnumerable<double> values)
    {
        double? last = null;
        foreach (var value in values)
        {
            if (value != last)
            {
                yield return value;
            }

            last = value;
        }
    }
}
