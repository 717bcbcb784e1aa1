using System.Globalization;
using EcuAgent.Conformance.Peer;
using EcuAgent.SomeIp.VehicleBus;
using V1 = EcuAgent.Idl.V1;

// A car in a process of its own, so that it can be killed: drives at 20 m/s until then, or until standard input ends. With a rate it is one
// ECU that says that speed so many times a second, and after each line of standard input how many it has said.
var (place, rate) = args is [.. var before, "--rate", var text] ? (before, int.Parse(text, CultureInfo.InvariantCulture)) : (args, 0);
if (place is not (["dds", _] or ["someip", _, _, _]) || rate < 0)
{
    Console.Error.WriteLine("usage: dds DOMAIN [--rate HZ] | someip ADDRESS SD_PORT MAP_FILE [--rate HZ]");
    return 2;
}

IReadOnlyCollection<string>? services = rate > 0 ? ["Driving"] : null;
using ICar car = place[0] == "dds"
    ? new DdsCar(int.Parse(place[1], CultureInfo.InvariantCulture), services)
    : new SomeIpCar(
        new SomeIpBusOptions
        {
            LocalAddress = place[1],
            SdPort = int.Parse(place[2], CultureInfo.InvariantCulture),
            MapFile = place[3],
        },
        services);
if (rate > 0)
{
    using var speed = new SteadySpeed(car, "ecu." + place[0], rate);
    Console.WriteLine("ready");
    while (Console.ReadLine() is not null)
    {
        Console.WriteLine(speed.Sent);
    }

    return 0;
}

using var drive = new Drive(car, 20, V1.GearPosition.Drive);
Console.WriteLine("ready");
Console.In.ReadToEnd();
return 0;
