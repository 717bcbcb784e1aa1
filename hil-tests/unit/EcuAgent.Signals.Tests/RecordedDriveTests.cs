using EcuAgent.Drives;
using Xunit;

namespace EcuAgent.Signals.Tests;

/// <summary>Real recordings, read in place where they are at hand. Values are repeated at 10 Hz, as a bus does.</summary>
public sealed class RecordedDriveTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Truck_BrakeBounceAtItsEnd_ParksOnlyAfterTheLastContact()
    {
        var changes = Replay("signalsFmsRecording.csv", hasParkPosition: false);

        // Brake on at 1.69 s with the car standing; off at 40.84 s; driving from 47.87 s.
        Assert.Contains(changes, c => c.State == DrivingState.Parked && c.At < TimeSpan.FromSeconds(5));
        Assert.Equal(DrivingState.Idling, changes.Last(c => c.At < TimeSpan.FromSeconds(41.5)).State);
        Assert.Equal(DrivingState.Moving, changes.Last(c => c.At < TimeSpan.FromSeconds(49)).State);

        // Below 0.5 km/h from 881.3 s, at zero from 882.28 s; brake on 884.29, off 884.50, on 885.29 s: none of the short contacts may park.
        var end = changes.Where(c => c.At > TimeSpan.FromSeconds(880)).ToArray();
        Assert.Equal([DrivingState.Idling, DrivingState.Parked], end.Select(c => c.State));
        Assert.InRange(end[0].At.TotalSeconds, 883, 884.29);
        Assert.InRange(end[1].At.TotalSeconds, 886.29, 886.6);
    }

    [Fact]
    public void RoadVehicle_StandingNoise_CountsAsStandstill()
    {
        var changes = Replay("signalsCovesaCvRecording.csv", hasParkPosition: false, brake: true, out var last);
        Assert.NotEqual(0, last);
        Assert.True(Math.Abs(last * 3.6) < 0.1, $"the recording ends at {last} m/s");
        Assert.Equal(DrivingState.Parked, changes[^1].State);
        Assert.Contains(changes, c => c.State == DrivingState.Moving);
    }

    private static List<(TimeSpan At, DrivingState State)> Replay(string file, bool hasParkPosition) =>
        Replay(file, hasParkPosition, null, out _);

    /// <param name="file">The recording.</param>
    /// <param name="hasParkPosition">The kind of car.</param>
    /// <param name="brake">A brake that the recording lacks; null when it has one.</param>
    /// <param name="lastSpeedMetersPerSecond">The last recorded speed.</param>
    private static List<(TimeSpan At, DrivingState State)> Replay(
        string file, bool hasParkPosition, bool? brake, out double lastSpeedMetersPerSecond)
    {
        var drive = FleetCsv.Read(Recording(file));
        var car = new Car(new DrivingStateOptions { HasParkPosition = hasParkPosition });
        var changes = new List<(TimeSpan, DrivingState)>();
        double? speed = null;
        var next = 0;
        for (var at = Period; at < drive.Duration + TimeSpan.FromSeconds(5); at += Period)
        {
            for (; next < drive.Events.Count && drive.Events[next].At <= at; next++)
            {
                car.Clock.Advance(drive.Events[next].At - car.Clock.Elapsed);
                switch (drive.Events[next])
                {
                    case SpeedEvent e:
                        speed = e.SpeedMetersPerSecond;
                        break;
                    case ParkingBrakeEvent e:
                        brake = e.Engaged;
                        Note(car.Brake(e.Engaged));
                        break;
                }
            }

            car.Clock.Advance(at - car.Clock.Elapsed);
            if (brake is { } engaged)
            {
                Note(car.Brake(engaged));
            }

            if (speed is { } value)
            {
                Note(car.Kph(value * 3.6));
            }
        }

        lastSpeedMetersPerSecond = speed ?? double.NaN;
        return changes;

        void Note(ApplyResult result)
        {
            if (result.DrivingStateChanged)
            {
                changes.Add((car.Clock.Elapsed, result.Status.State));
            }
        }
    }

    private static string Recording(string file)
    {
        var path = Path.Combine(DataFolder() ?? string.Empty, "drives", "fleet-management", file);
        Assert.SkipUnless(File.Exists(path), $"the recording {file} is not here (ECUAGENT_DATA or ../shared/data)");
        return path;
    }

    private static string? DataFolder()
    {
        if (Environment.GetEnvironmentVariable("ECUAGENT_DATA") is { Length: > 0 } data)
        {
            return data;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
