// Memory of the real service under 1 kHz of speeds on DDS and 1 kHz on SOME/IP at once, for a long time.
// Usage: EcuAgent.Bench.Memory [--minutes N] [--model DIR] [--strict]; progress each minute on stderr, one line of JSON at the end.
// Exit code 0 measured, 1 not measured or (--strict) a limit missed.
using System.Globalization;
using System.Text.Json;
using EcuAgent.Bench.Memory;
using EcuAgent.Bench.Service;

const double WarmUpMinutes = 0.25;
const double SecondReadingMinutes = 5;

// 4 MiB over an hour and 7.2 million samples are 0.6 bytes a sample: far below the smallest object or block that could be kept for each.
const long LimitGrowthBytes = 4 << 20;

var minutes = 60.0;
string? model = Environment.GetEnvironmentVariable("ECUAGENT_MODEL");
var strict = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--strict":
            strict = true;
            break;
        case "--model" when i + 1 < args.Length:
            model = args[++i];
            break;
        case "--minutes" when i + 1 < args.Length && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out minutes) && minutes > WarmUpMinutes:
            i++;
            break;
        default:
            Console.Error.WriteLine($"usage: EcuAgent.Bench.Memory [--minutes N, above {WarmUpMinutes}] [--model DIR] [--strict]");
            return 1;
    }
}

try
{
    var load = Machine.LoadAverage();
    var readings = new List<MemoryReading>();
    using var run = new MemoryRun(model);
    WaitUntil(WarmUpMinutes);
    var sentBefore = run.Sent();
    Read();
    if (minutes > SecondReadingMinutes)
    {
        WaitUntil(SecondReadingMinutes);
        Read();
    }

    WaitUntil(minutes);
    var sent = run.Sent();
    Read();
    var (first, last) = (readings[0], readings[^1]);
    var managed = last.ManagedBytes - first.ManagedBytes;
    var native = last.NativeBytes - first.NativeBytes;
    var ok = managed <= LimitGrowthBytes && native <= LimitGrowthBytes;
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        bench = "memory",
        between = "first reading, 15 s after the first sample, and last one; service, DDS ECU and SOME/IP ECU in three processes, loopback, 1000 speeds a second on each bus",
        minutes,
        load_average_before = load,
        load_average_after = Machine.LoadAverage(),
        readings,
        sent_dds = sent.Dds - sentBefore.Dds,
        sent_someip = sent.SomeIp - sentBefore.SomeIp,
        received = last.Received - first.Received,
        lost = last.Lost - first.Lost,
        managed_growth_bytes = managed,
        native_growth_bytes = native,
        resident_growth_mib = Math.Round(last.ResidentMiB - first.ResidentMiB, 1),
        limit_growth_bytes = LimitGrowthBytes,
        ratio_growth_to_limit = Math.Round(Math.Max(managed, native) / (double)LimitGrowthBytes, 3),
        ok,
    }));
    return ok || !strict ? 0 : 1;

    void Read()
    {
        readings.Add(run.Read());
        Console.Error.WriteLine(JsonSerializer.Serialize(readings[^1]));
    }

    void WaitUntil(double until)
    {
        for (var next = Math.Floor(run.Elapsed.TotalMinutes) + 1; next < until; next++)
        {
            run.WaitUntil(TimeSpan.FromMinutes(next));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"minute {next}: resident {run.ResidentMiB()} MiB"));
        }

        run.WaitUntil(TimeSpan.FromMinutes(until));
    }
}
catch (InvalidOperationException error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}
