using System.Globalization;

namespace EcuAgent.Bench.Service;

/// <summary>What /proc says about processes, threads and load.</summary>
internal static class Machine
{
    private const double TicksPerSecond = 100;

    /// <summary>Load average over the last minute.</summary>
    internal static double LoadAverage() => Number(File.ReadAllText("/proc/loadavg").Split(' ')[0]);

    /// <summary>Processor seconds that a process has used, user and system; steps of 10 ms.</summary>
    internal static double ProcessorSeconds(int processId)
    {
        // The name in brackets may hold spaces; the fields after it are counted from "state", the third.
        var text = File.ReadAllText($"/proc/{processId}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
    }

    /// <summary>Processor seconds of each thread of a process that is alive now, by thread name.</summary>
    internal static Dictionary<string, double> SecondsByThreadName(int processId) => Directory.EnumerateDirectories($"/proc/{processId}/task")
        .GroupBy(task => File.ReadAllText(Path.Combine(task, "comm")).Trim(), task => ThreadSeconds(Path.Combine(task, "schedstat")))
        .ToDictionary(group => group.Key, group => group.Sum());

    /// <summary>A line of /proc/PID/status in MiB, for instance VmRSS or VmHWM.</summary>
    internal static double MemoryMiB(int processId, string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return Math.Round(Number(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim()) / 1024, 1);
    }

    /// <summary>Path at which the calling thread's processor time can be read from any thread.</summary>
    internal static string ThisThread() => "/proc/" + new DirectoryInfo("/proc/thread-self").LinkTarget + "/schedstat";

    /// <summary>Processor seconds of a thread.</summary>
    /// <param name="thread">What <see cref="ThisThread"/> gave.</param>
    internal static double ThreadSeconds(string thread) => Number(File.ReadAllText(thread).Split(' ')[0]) / 1e9;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
