// The other process of the tests: offers a service with an echo method, a field and a stream of events.
// Usage: peer ADDRESS SD-PORT PORT FIELD-VALUE OFFER-TTL-SECONDS. Says "ready" once started and lives until stdin ends.
using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using EcuAgent.SomeIp;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Wire;

var port = int.Parse(args[2], CultureInfo.InvariantCulture);
using var node = SomeIpNode.Start(new SomeIpNodeOptions
{
    LocalAddress = IPAddress.Parse(args[0]),
    SdPort = int.Parse(args[1], CultureInfo.InvariantCulture),
    Timings = PeerService.QuickTimings with { OfferTtl = uint.Parse(args[4], CultureInfo.InvariantCulture) },
});
var service = node.CreateService(PeerService.Describe(port, port));
service.OnMethod(PeerService.Echo, static (in SomeIpRequest request, IBufferWriter<byte> response) =>
{
    response.Write(request.Payload);
    return SomeIpReturnCode.Ok;
});
service.AddField([byte.Parse(args[3], CultureInfo.InvariantCulture)], PeerService.GetField, PeerService.SetField, PeerService.FieldNotifier);
service.Start();
using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
var ended = Task.Run(static () =>
{
    while (Console.ReadLine() is not null)
    {
    }
});
Console.WriteLine("ready");
var number = new byte[4];
for (var i = 0; !ended.IsCompleted && await ticks.WaitForNextTickAsync(); i++)
{
    BinaryPrimitives.WriteInt32BigEndian(number, i);
    service.Notify(PeerService.Tick, number);
    service.Notify(PeerService.TickOverTcp, number);
}

return 0;
