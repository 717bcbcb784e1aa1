// Measures protect and check of the E2E profiles beside the CRCs of System.IO.Hashing. Usage: EcuAgent.Bench.E2E
// Prints progress on stderr and one line of JSON at the end. Exit code 0 measured, 1 not measured.
using System.Text.Json;
using EcuAgent.Bench.E2E;

// The load is read from /proc.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

if (args.Length > 0)
{
    Console.Error.WriteLine("usage: EcuAgent.Bench.E2E   (no arguments)");
    return 1;
}

Console.WriteLine(JsonSerializer.Serialize(E2eBench.Run()));
return 0;
