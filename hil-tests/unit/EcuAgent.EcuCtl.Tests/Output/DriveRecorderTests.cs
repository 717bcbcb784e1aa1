using CsCheck;
using EcuAgent.Drives;
using EcuAgent.EcuCtl.Recording;
using EcuAgent.EcuCtl.Tests.Support;
using EcuAgent.Signals;
using EcuAgent.ToolBus;
using Xunit;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Tests.Output;

public sealed class DriveRecorderTests : IDisposable
{
    private const double TimeToleranceSeconds = 1e-4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuctl-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Add_ChangesAndRepetitions_GearAndBrakeOnlyWhenTheyChange()
    {
        var (drive, recorder) = Record(
            Samples.Gear(0, V1.GearPosition.Park),
            Samples.Brake(0.1, true),
            Samples.Speed(0.2, 0),
            Samples.Speed(0.3, 0),
            Samples.Gear(1, V1.GearPosition.Park),
            Samples.Brake(1.1, false),
            Samples.Gear(2, V1.GearPosition.Drive),
            Samples.Location(3, 48.5, -11.25));

        Assert.Equal(
            ["GearEvent", "ParkingBrakeEvent", "SpeedEvent", "SpeedEvent", "ParkingBrakeEvent", "GearEvent", "LocationEvent"],
            drive.Events.Select(e => e.GetType().Name));
        Assert.Equal(7, recorder.Recorded);
        Assert.Equal(GearPosition.Drive, ((GearEvent)drive.Events[5]).Position);
        Assert.Equal((48.5, -11.25), (((LocationEvent)drive.Events[6]).LatitudeDegrees, ((LocationEvent)drive.Events[6]).LongitudeDegrees));
        Assert.Equal(3, drive.Duration.TotalSeconds, TimeToleranceSeconds);
    }

    [Fact]
    public void Add_UnusableSamples_AreCountedAndLeftOut()
    {
        var (drive, recorder) = Record(
            Samples.Speed(0, 5),
            Samples.Speed(1, double.NaN),
            Samples.Speed(2, 6, validity: V1.Validity.Invalid),
            Samples.Gear(3, V1.GearPosition.Unknown),
            Samples.Gear(3.5, (V1.GearPosition)9),
            Samples.Location(4, 91, 0),
            Samples.Location(4, double.NaN, 0),
            Samples.Speed(5, 7, source: "ecu.other"),
            Samples.Speed(6, 8) with { IsGone = true });

        Assert.Single(drive.Events);
        Assert.Equal((6, 1), (recorder.Unusable, recorder.OtherSource));
    }

    [Fact]
    public void Add_ClockStepsBack_TimeStandsStill()
    {
        var (drive, _) = Record(Samples.Speed(10, 1), Samples.Speed(12, 2), Samples.Speed(3, 3), Samples.Speed(13, 4));

        Assert.Equal([0, 2, 2, 3], drive.Events.Select(e => Math.Round(e.At.TotalSeconds, 3)));
    }

    [Fact]
    public void RecordedFile_AnySpeedsAtAnyTime_IsReadBack() =>
        Gen.Select(Gen.Double[-100, 150], Gen.Double[0, 100]).Array[1, 40].Sample(
            steps =>
            {
                double at = 0;
                var samples = steps.Select(s => Samples.Speed(at += s.Item2, s.Item1)).ToArray<BusEvent>();
                var (drive, _) = Record(samples);
                var start = samples[0].ReceivedAt;
                Assert.Equal(samples.Length, drive.Events.Count);
                foreach (var (sample, found) in samples.Cast<BusSample<V1.VehicleSpeed>>().Zip(drive.Events.Cast<SpeedEvent>()))
                {
                    Assert.Equal(sample.Sample.SpeedMps, found.SpeedMetersPerSecond, 1e-9);
                    Assert.Equal((sample.ReceivedAt - start).TotalSeconds, found.At.TotalSeconds, TimeToleranceSeconds);
                }
            },
            iter: 50);

    private (Drive Drive, DriveRecorder Recorder) Record(params BusEvent[] events)
    {
        var path = Path.Combine(_folder.FullName, Guid.NewGuid() + ".csv");
        using (var writer = new StreamWriter(path))
        {
            var recorder = new DriveRecorder(writer);
            Array.ForEach(events, recorder.Add);
            recorder.Finish();
            writer.Dispose();
            return (FleetCsv.Read(path), recorder);
        }
    }
}
