// A speed from an ECU into the picture of the car, on DDS, on SOME/IP with the contract's protection, and through the gateway, in turns.
// Usage: EcuAgent.Bench.VehicleBus [--strict]; prints one line of JSON. Exit code 0 measured, 1 not measured or (--strict) a limit missed.
using System.Text.Json;
using EcuAgent.Bench.VehicleBus;

// The load is read from /proc.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

if (args is not ([] or ["--strict"]))
{
    Console.Error.WriteLine("usage: EcuAgent.Bench.VehicleBus [--strict]");
    return 1;
}

const int Rounds = 3;
var (dds, someIp, gateway) = (new Way("dds"), new Way("someip"), new Way("gateway"));
for (var round = 0; round < Rounds; round++)
{
    // In turns, so that a disturbance of the machine does not hit one way only.
    Console.Error.WriteLine($"round {round + 1} of {Rounds}");
    dds.Measure();
    someIp.Measure();
    gateway.Measure();
}

var ok = someIp.BytesPerSample == 0 && gateway.BytesPerSample == 0;
Console.WriteLine(JsonSerializer.Serialize(new
{
    bench = "vehiclebus",
    between = "speed before its write by the ECU and applied in the picture of the car, one process, loopback; gateway: ECU on SOME/IP, service on DDS",
    samples = dds.Times.Count,
    dds = dds.Values,
    someip = someIp.Values,
    gateway = gateway.Values,
    someip_ratio_to_dds_p50 = Math.Round(someIp.Times.At(0.5) / dds.Times.At(0.5), 2),
    gateway_ratio_to_both_p50 = Math.Round(gateway.Times.At(0.5) / (dds.Times.At(0.5) + someIp.Times.At(0.5)), 2),
    managed_bytes_limit = 0,
    load_average = EcuAgent.Bench.Service.Machine.LoadAverage(),
    ok,
}));
return ok || args.Length == 0 ? 0 : 1;
