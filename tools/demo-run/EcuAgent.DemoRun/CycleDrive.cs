using EcuAgent.Drives;

namespace EcuAgent.DemoRun;

/// <summary>
/// The generated drive of the demo: P, reversing out, one urban cycle of the NEDC, P again, with time to talk before.
/// Written as a file that <c>ecuctl replay</c> takes.
/// </summary>
internal static class CycleDrive
{
    /// <summary>Origin of the simulators' map, so that its places lie along the way.</summary>
    public const double StartLatitudeDegrees = 48.1374;

    /// <summary>See <see cref="StartLatitudeDegrees"/>.</summary>
    public const double StartLongitudeDegrees = 11.5755;

    /// <summary>Makes the drive.</summary>
    /// <param name="parkedBefore">Time in P before the cycle, in the drive's own time.</param>
    public static Drive Make(TimeSpan parkedBefore)
    {
        var cycle = RegulationCycle.Nedc(StartLatitudeDegrees, StartLongitudeDegrees, urbanCycles: 1, extraUrban: false);
        var shifted = cycle.Events.Select(e => e.At == TimeSpan.Zero ? e : e with { At = e.At + parkedBefore });
        return cycle with { Name = "nedc-urban", Events = [.. shifted] };
    }

    /// <summary>Writes a drive.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Drive drive, string path)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine(FleetCsv.Header);
        for (var i = 0; i < drive.Events.Count; i++)
        {
            var next = i + 1 < drive.Events.Count ? drive.Events[i + 1].At : drive.Events[i].At;
            FleetCsv.WriteRows(writer, drive.Events[i], next - drive.Events[i].At);
        }
    }
}
