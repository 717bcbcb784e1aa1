// Measures the purchase journal beside a plain file. Usage: EcuAgent.Bench.Journal [--folder DIR] [--writes N]
// Prints progress on stderr and one line of JSON at the end. Exit code 0 measured, 1 not measured.
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EcuAgent.Bench.Journal;

// The load and what is written are read from /proc.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

const int LeastWrites = 100;
const int MostWrites = 50_000;

var parent = Path.GetTempPath();
var writes = 2000;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--folder" when i + 1 < args.Length:
            parent = args[++i];
            break;
        case "--writes" when i + 1 < args.Length
            && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out writes) && writes is >= LeastWrites and <= MostWrites:
            i++;
            break;
        default:
            Console.Error.WriteLine($"usage: EcuAgent.Bench.Journal [--folder DIR] [--writes N]   N from {LeastWrites} to {MostWrites}");
            return 1;
    }
}

if (!Directory.Exists(parent))
{
    Console.Error.WriteLine($"error: there is no folder {parent}");
    return 1;
}

var folder = Directory.CreateDirectory(Path.Combine(parent, $"ecuagent-bench-journal-{Environment.ProcessId}"));
try
{
    var result = await JournalBench.RunAsync(folder.FullName, writes);
    Console.WriteLine(JsonSerializer.Serialize(result, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    return 0;
}
finally
{
    folder.Delete(recursive: true);
}
