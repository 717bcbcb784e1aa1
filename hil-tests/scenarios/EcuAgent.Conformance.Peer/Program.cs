using System.Globalization;
using EcuAgent.Conformance.Peer;
using EcuAgent.SomeIp.VehicleBus;
using V1 = EcuAgent.Idl.V1;

// A car in a process of its own, so that it can be killed: drives at 20 m/s until then, or until standard input ends.
if (args is not (["dds", _] or ["someip", _, _, _]))
{
    Console.Error.WriteLine("usage: dds DOMAIN | someip ADDRESS SD_PORT MAP_FILE");
    return 2;
}

using ICar car = args[0] == "dds"
    ? new DdsCar(int.Parse(args[1], CultureInfo.InvariantCulture))
    : new SomeIpCar(new SomeIpBusOptions
    {
        LocalAddress = args[1],
        SdPort = int.Parse(args[2], CultureInfo.InvariantCulture),
        MapFile = args[3],
    });
using var drive = new Drive(car, 20, V1.GearPosition.Drive);
Console.WriteLine("ready");
Console.In.ReadToEnd();
return 0;
