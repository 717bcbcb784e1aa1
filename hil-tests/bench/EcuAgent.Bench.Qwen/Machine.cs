using System.Globalization;

namespace EcuAgent.Bench.Qwen;

/// <summary>What /proc says.</summary>
internal static class Machine
{
    /// <summary>Load average over the last minute.</summary>
    public static double LoadAverage() => Number(File.ReadAllText("/proc/loadavg").Split(' ')[0]);

    /// <summary>Name of the processor.</summary>
    public static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(static l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    /// <summary>Most memory that a process has had resident (VmHWM), in MB (10^6 bytes).</summary>
    public static double PeakMegabytes(int? processId = null) => Status(processId, "VmHWM");

    /// <summary>Memory resident now (VmRSS), in MB.</summary>
    public static double ResidentMegabytes(int? processId = null) => Status(processId, "VmRSS");

    /// <summary>Starts the peak of this process anew from what is resident now.</summary>
    public static void ForgetPeak()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static double Status(int? processId, string name)
    {
        var line = File.ReadLines($"/proc/{processId ?? Environment.ProcessId}/status").First(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return Math.Round(Number(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024 / 1e6, 1);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
