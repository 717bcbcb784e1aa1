// SOME/IP between two processes on loopback, beside bare UDP sockets with datagrams of the same size, in turns, in one run.
// Usage: EcuAgent.Bench.SomeIp [--strict]; prints one line of JSON. Exit code 0 measured, 1 not measured or (--strict) a limit missed.
using System.Globalization;
using EcuAgent.Bench.SomeIp;

// The load is read from /proc.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

if (args is ["other-side", var sdPort])
{
    OtherSide.Run(int.Parse(sdPort, CultureInfo.InvariantCulture));
    return 0;
}

if (args is not ([] or ["--strict"]))
{
    Console.Error.WriteLine("usage: EcuAgent.Bench.SomeIp [--strict]");
    return 1;
}

var report = await SomeIpBench.RunAsync();
Console.WriteLine(report.ToJson());
return report.Ok || args.Length == 0 ? 0 : 1;
