// Round trip of a 96-byte sample between two processes on loopback: our binding against ddsperf, in turns, in one run.
// Usage: EcuAgent.Bench.Dds [--strict]; prints one line of JSON. Exit code 0 measured, 1 not measured or (--strict) a limit missed.
using System.Globalization;
using EcuAgent.Bench.Dds;

if (args is ["pong", var domainId])
{
    Pong.Run(uint.Parse(domainId, CultureInfo.InvariantCulture));
    return 0;
}

if (args is not ([] or ["--strict"]))
{
    Console.Error.WriteLine("usage: EcuAgent.Bench.Dds [--strict]");
    return 1;
}

const int Rounds = 2;
var seconds = 3;
var domain = 201 + (uint)(Environment.ProcessId % 14 * 2);
var ours = new List<Window>();
var theirs = new List<Window>();
var bytesPerSample = 0.0;
for (var round = 0; round < Rounds; round++)
{
    // In turns and in both orders, so that a disturbance of the machine does not hit one side only.
    for (var turn = 0; turn < 2; turn++)
    {
        if ((round + turn) % 2 == 0)
        {
            bytesPerSample = Math.Max(bytesPerSample, Ping.Run(domain, seconds, ours));
        }
        else if (!DdsPerf.Run(domain + 1, seconds, theirs))
        {
            Console.Error.WriteLine("ddsperf is missing or measured nothing: run tools/native/setup --with-tools");
            return 1;
        }
    }
}

var report = new Report(ours, theirs, bytesPerSample);
Console.WriteLine(report.ToJson());
return report.Ok || args.Length == 0 ? 0 : 1;
