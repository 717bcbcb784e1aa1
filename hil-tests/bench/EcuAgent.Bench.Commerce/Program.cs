// Measures commerce: gate, orders, recovery. Usage: EcuAgent.Bench.Commerce [NAME] [--orders N] [--starts N] [--model DIR] [--strict]
// Prints progress on stderr and one line of JSON at the end. Exit code 0 measured, 1 not measured or (--strict) a limit missed.
using System.Globalization;
using EcuAgent.Bench.Commerce;
using EcuAgent.Bench.Service;

// The load is read from /proc.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

const int MostOrders = 20_000;
const int MostStarts = 50;

var names = new List<string>();
var model = Environment.GetEnvironmentVariable("ECUAGENT_MODEL");
var (orders, starts, strict) = (300, 5, false);
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
        case "--orders" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out orders) && orders is >= 10 and <= MostOrders:
            i++;
            break;
        case "--starts" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out starts) && starts is >= 1 and <= MostStarts:
            i++;
            break;
        case "gate" or "orders" or "recovery":
            names.Add(args[i]);
            break;
        default:
            Console.Error.WriteLine("usage: EcuAgent.Bench.Commerce [gate] [orders] [recovery] [--orders N] [--starts N] [--model DIR] [--strict]");
            Console.Error.WriteLine($"orders from 10 to {MostOrders}, starts from 1 to {MostStarts}");
            return 1;
    }
}

var results = new Dictionary<string, object> { ["bench"] = "commerce", ["load_average_before"] = Machine.LoadAverage() };
var ok = true;
try
{
    await MeasureAsync("gate", () => Task.FromResult(GateBench.Run()));
    await MeasureAsync("orders", () => OrdersBench.RunAsync(orders));
    await MeasureAsync("recovery", () => RecoveryBench.RunAsync(starts, model));
}
catch (InvalidOperationException error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

results["ok"] = ok;
JsonLine.Print(results);
return ok || !strict ? 0 : 1;

async Task MeasureAsync(string name, Func<Task<Outcome>> run)
{
    if (names.Count == 0 || names.Contains(name))
    {
        Console.Error.WriteLine($"{name} ...");
        var outcome = await run();
        results[name] = outcome.Values;
        ok &= outcome.Ok;
    }
}
