using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EcuAgent.Bench.Dds;

/// <summary>The peer: two processes of Cyclone's own ddsperf with the same network settings, size and QoS.</summary>
internal static partial class DdsPerf
{
    /// <summary>
    /// ddsperf prints half of a round trip: with one ping under way at a time, count x mean gives half of the elapsed time.
    /// <see cref="Run"/> checks that and refuses numbers for which it does not hold.
    /// </summary>
    private const double HalfTrip = 2;

    private const string Uri = """
        <CycloneDDS><Domain><General><Interfaces><NetworkInterface name="lo" multicast="false"/></Interfaces><AllowMulticast>false</AllowMulticast></General>
        <Discovery><ParticipantIndex>auto</ParticipantIndex><MaxAutoParticipantIndex>31</MaxAutoParticipantIndex><Peers><Peer Address="127.0.0.1"/></Peers></Discovery></Domain></CycloneDDS>
        """;

    internal static bool Run(uint domainId, int seconds, List<Window> windows)
    {
        Process pong, ping;
        try
        {
            pong = Start(domainId, seconds + 3, ["pong"]);
            ping = Start(domainId, seconds + 2, ["ping", "size", "96"]);
        }
        catch (Win32Exception)
        {
            return false;
        }

        using (pong)
        using (ping)
        {
            _ = pong.StandardOutput.ReadToEndAsync();
            var output = ping.StandardOutput.ReadToEnd();
            ping.WaitForExit();
            pong.Kill();
            pong.WaitForExit();
            return Parse(output, seconds, windows);
        }
    }

    /// <summary>Takes the last <paramref name="seconds"/> whole windows; the first printed one starts in the middle of discovery.</summary>
    internal static bool Parse(string output, int seconds, List<Window> windows)
    {
        var lines = Line().Matches(output).Skip(1).Take(seconds).ToList();
        var previous = 0.0;
        foreach (Match line in Line().Matches(output).Take(1))
        {
            previous = Number(line, "at");
        }

        foreach (var line in lines)
        {
            var elapsedUs = (Number(line, "at") - previous) * 1e6;
            previous = Number(line, "at");
            var covered = HalfTrip * Number(line, "mean") * Number(line, "count") / elapsedUs;
            if (covered is < 0.8 or > 1.2)
            {
                Console.Error.WriteLine($"ddsperf: {line.Value}: {covered:F2} of the window is covered, so its numbers do not mean what we think");
                return false;
            }

            windows.Add(new Window(HalfTrip * Number(line, "p50"), HalfTrip * Number(line, "p99"), (long)Number(line, "count")));
        }

        return lines.Count > 0;
    }

    private static Process Start(uint domainId, int seconds, string[] mode)
    {
        var start = new ProcessStartInfo("ddsperf") { RedirectStandardOutput = true, RedirectStandardError = false };
        string[] arguments = ["-i", domainId.ToString(CultureInfo.InvariantCulture), "-D", seconds.ToString(CultureInfo.InvariantCulture), .. mode];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CYCLONEDDS_URI"] = Uri;
        return Process.Start(start)!;
    }

    private static double Number(Match line, string name) => double.Parse(line.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\] (?<at>[\d.]+)  \S+ size \d+ mean (?<mean>[\d.]+)us min [\d.]+us 50% (?<p50>[\d.]+)us 90% [\d.]+us 99% (?<p99>[\d.]+)us max [\d.]+us cnt (?<count>\d+)")]
    private static partial Regex Line();
}
