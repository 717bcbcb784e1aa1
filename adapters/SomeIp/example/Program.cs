using System.Buffers;
using System.Globalization;
using System.Net;
using EcuAgent.SomeIp;
using EcuAgent.SomeIp.Wire;

var sdPort = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30490;

// The server: a method that adds two numbers, and a field.
using var serverNode = SomeIpNode.Start(new SomeIpNodeOptions { LocalAddress = IPAddress.Parse("127.0.0.1"), SdPort = sdPort });
var service = serverNode.CreateService(new SomeIpServiceDescription
{
    ServiceId = 0x1234,
    InstanceId = 0x0001,
    UdpPort = 0,
    Events = [new SomeIpEventDescription(0x8001)],
    Eventgroups = [new SomeIpEventgroupDescription(0x0001, 0x8001)],
});
service.OnMethod(0x0001, static (in SomeIpRequest request, IBufferWriter<byte> response) =>
{
    if (request.Payload.Length != 2)
    {
        return SomeIpReturnCode.MalformedMessage;
    }

    response.Write([(byte)(request.Payload[0] + request.Payload[1])]);
    return SomeIpReturnCode.Ok;
});
var temperature = service.AddField([21], getterId: 0x0002, setterId: 0x0003, notifierId: 0x8001);
service.Start();

// The client: a node of its own, so an address of its own.
using var clientNode = SomeIpNode.Start(new SomeIpNodeOptions { LocalAddress = IPAddress.Parse("127.0.0.2"), SdPort = sdPort });
var proxy = clientNode.CreateProxy(new SomeIpProxyOptions { ServiceId = 0x1234 });
using var changed = new SemaphoreSlim(0);
var last = 0;
proxy.OnEvent(0x8001, (in SomeIpEvent received) =>
{
    // A value may come twice: after a late acknowledgement it is asked for again.
    if (received.Payload[0] != last)
    {
        last = received.Payload[0];
        Console.WriteLine($"temperature {last}");
        changed.Release();
    }
});
await proxy.WaitUntilAvailableAsync(TimeSpan.FromSeconds(10));
using var subscription = proxy.Subscribe(0x0001);
await changed.WaitAsync(TimeSpan.FromSeconds(10));      // the value at the time of the subscription

var sum = await proxy.CallAsync(0x0001, new byte[] { 2, 3 }, TimeSpan.FromSeconds(1));
Console.WriteLine($"{sum.Outcome} {sum.ReturnCode} {sum.Payload.Span[0]}");

temperature.Set([22]);
await changed.WaitAsync(TimeSpan.FromSeconds(10));
