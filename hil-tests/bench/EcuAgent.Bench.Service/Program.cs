// Measures the running service: ingest, tighten, host, utterance, standby. Usage: EcuAgent.Bench.Service [NAME] [--model DIR] [--strict]
// Prints progress on stderr and one line of JSON at the end. Exit code 0 measured, 1 not measured or (--strict) a limit missed.
using System.Globalization;
using EcuAgent.Bench.Service;

if (args is ["peer", var role, var domainText])
{
    return Peer.Run(role, uint.Parse(domainText, CultureInfo.InvariantCulture));
}

var names = new List<string>();
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
        case "ingest" or "tighten" or "host" or "utterance" or "standby":
            names.Add(args[i]);
            break;
        default:
            Console.Error.WriteLine("usage: EcuAgent.Bench.Service [ingest] [tighten] [host] [utterance] [standby] [--model DIR] [--strict]");
            return 1;
    }
}

var all = names.Count == 0;
var results = new Dictionary<string, object>
{
    ["bench"] = "service",
    ["load_average_before"] = Machine.LoadAverage(),
};
var ok = true;
try
{
    Measure("ingest", () => IngestBench.Run(BenchDomain.Next()));
    Measure("tighten", () => TightenBench.Run(BenchDomain.Next()));
    Measure("host", () => HostBench.Run(BenchDomain.Next(), model));
    Measure("utterance", () => UtteranceBench.Run(BenchDomain.Next(), model));
    Measure("standby", () => StandbyBench.Run(BenchDomain.Next(), model));
}
catch (InvalidOperationException error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

results["ok"] = ok;

JsonLine.Print(results);
return ok || !strict ? 0 : 1;

void Measure(string name, Func<Outcome> run)
{
    if (all || names.Contains(name))
    {
        Console.Error.WriteLine($"{name} ...");
        var outcome = run();
        results[name] = outcome.Values;
        ok &= outcome.Ok;
    }
}
