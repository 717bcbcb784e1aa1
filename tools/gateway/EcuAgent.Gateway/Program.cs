using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Gateway;
using EcuAgent.SomeIp;
using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

var domain = new Option<int>("--domain") { Description = "DDS domain, 0 to 230.", DefaultValueFactory = _ => 0 };
var network = new Option<string>("--interface") { Description = "Network interface of DDS.", DefaultValueFactory = _ => "lo" };
var peers = new Option<string[]>("--peer") { Description = "Address where DDS peers are looked for; may be given again. Default: this machine on lo." };
var address = new Option<string>("--address")
{
    Description = "Address on SOME/IP; no other node has the same.",
    DefaultValueFactory = _ => "127.0.0.1",
};
var sdPort = new Option<int>("--sd-port") { Description = "Port of service discovery.", DefaultValueFactory = _ => new SomeIpBusOptions().SdPort };
var sdGroup = new Option<string>("--sd-group") { Description = "Group of service discovery.", DefaultValueFactory = _ => new SomeIpBusOptions().SdGroup };
var mapFile = new Option<string?>("--map") { Description = "Service map of another car." };
var onSomeIp = new Option<string?>("--on-someip")
{
    Description = "Services that live on SOME/IP, by their names in the map, with commas; all others live on DDS. Default: all that the car offers.",
};
var standby = new Option<bool>("--standby") { Description = "The service on DDS is a hot-standby pair: commands are owned exclusively." };

var root = new RootCommand("""
    Carries signals, commands and outcomes between DDS and SOME/IP; ends with Ctrl+C.
    Exit codes: 0 ended as asked, 2 wrong input, 5 a bus cannot be joined.
    """)
{
    domain, network, peers, address, sdPort, sdGroup, mapFile, onSomeIp, standby,
};
root.SetAction(parsed =>
{
    var dds = new CockpitBusOptions { DomainId = parsed.GetValue(domain), NetworkInterface = parsed.GetValue(network)!, Source = "gateway" };
    foreach (var peer in parsed.GetValue(peers) ?? [])
    {
        dds.Peers.Add(peer);
    }

    var someIp = new SomeIpBusOptions
    {
        LocalAddress = parsed.GetValue(address)!,
        SdPort = parsed.GetValue(sdPort),
        SdGroup = parsed.GetValue(sdGroup)!,
        MapFile = parsed.GetValue(mapFile),
    };
    var faults = someIp.Faults();
    if (faults.Count > 0)
    {
        return Refuse(string.Join(Environment.NewLine, faults), 2);
    }

    try
    {
        return Run(dds, someIp, parsed.GetValue(onSomeIp), parsed.GetValue(standby));
    }
    catch (ArgumentException error)
    {
        return Refuse(error.Message, 2);
    }
    catch (Exception error) when (error is DdsException or DdsLibraryException or SomeIpException)
    {
        return Refuse(error.Message, 5);
    }
});
var result = root.Parse(args);
return result.Errors.Count > 0 ? Refuse(string.Join(Environment.NewLine, result.Errors.Select(e => e.Message)), 2) : result.Invoke();

static int Run(CockpitBusOptions ddsOptions, SomeIpBusOptions someIpOptions, string? onSomeIp, bool isPair)
{
    using var stopped = new ManualResetEventSlim();
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    var map = someIpOptions.LoadMap();
    string[] names = onSomeIp is null
        ? [.. map.Services.Where(s => s.OfferedBy == ServiceSide.Car).Select(s => s.Name)]
        : onSomeIp.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    using var dds = new VehicleParticipant(
        ddsOptions.ToParticipantOptions(), NullLogger.Instance, w => Console.Error.WriteLine($"gateway: {w.Code}"), isPair ? PairOwnership.Reader : null);
    using var someIp = new SomeIpParticipant(
        someIpOptions, TimeProvider.System, NullLoggerFactory.Instance, w => Console.Error.WriteLine($"gateway: {w.Code}"));
    using var gateway = new BusGateway(dds, someIp, map, names, TimeProvider.System);
    gateway.Start();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"ready: domain {ddsOptions.DomainId}, SOME/IP {someIpOptions.LocalAddress}; on SOME/IP: {string.Join(", ", names)}"));
    stopped.Wait();
    Console.WriteLine(gateway.Counters);
    return 0;

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stopped.Set();
    }
}

static int Refuse(string problem, int code)
{
    Console.Error.WriteLine($"gateway: {problem}");
    return code;
}
