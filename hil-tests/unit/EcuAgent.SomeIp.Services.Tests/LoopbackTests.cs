using System.Collections.Concurrent;
using System.Net;
using EcuAgent.E2E;
using EcuAgent.Idl;
using EcuAgent.Idl.V1;
using EcuAgent.SomeIp.Protection;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.SomeIp.VehicleBus;
using EcuAgent.SomeIp.Wire;
using Xunit;

namespace EcuAgent.SomeIp.Services.Tests;

/// <summary>The contract's map and payloads over real sockets: the car on one loopback address, the cockpit service on another.</summary>
public sealed class LoopbackTests : IDisposable
{
    /// <summary>Only a test that hangs meets it.</summary>
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);

    private static readonly int SdPort = 33000 + (Environment.ProcessId % 2000);

    private readonly SomeIpNode _car = Start("127.0.2.1");
    private readonly SomeIpNode _cockpit = Start("127.0.2.2");
    private readonly Dictionary<string, SomeIpService> _services = [];
    private readonly Dictionary<string, SomeIpProxy> _proxies = [];

    public void Dispose()
    {
        _cockpit.Dispose();
        _car.Dispose();
    }

    [Fact]
    public async Task Map_OverSockets_EachKindAndTransportArrivesAsItWasSent()
    {
        var received = new ConcurrentQueue<(string Topic, string Sample)>();
        using var arrived = new SemaphoreSlim(0);
        var gear = new Gear { Source = BoundedString32.From("ecu.gear"), SequenceNumber = 1, Validity = Validity.Valid, Position = GearPosition.Reverse };
        var speed = new VehicleSpeed { Source = BoundedString32.From("ecu.brake"), SequenceNumber = 7, Validity = Validity.Valid, SpeedMps = -1.25 };
        var outcome = new CommandOutcome { CommandId = BoundedString36.From("c1"), Kind = OutcomeKind.Completed, Detail = BoundedString128.From("vollständig 完成") };
        var results = new PlaceResults { RequestId = BoundedString36.From("r1"), Status = PlaceStatus.Found, PlaceCount = 8 };
        foreach (ref var place in (Span<Place>)results.Places)
        {
            place = new Place { Name = BoundedString128.From(new string('n', 128)), PlaceId = BoundedString64.From(new string('i', 64)), DistanceM = 12.5 };
        }

        var command = new HvacCommand { CommandId = BoundedString36.From("c1"), Action = HvacAction.SetTemperature, Zone = CabinZone.Driver, TemperatureCelsius = 21.5 };
        var status = new GateStatus { DrivingState = DrivingState.Moving, Reasons = BoundedString128.From("speed") };

        foreach (var service in ServiceMap.Contract.Services)
        {
            _services.Add(service.Name, (service.OfferedBy == ServiceSide.Car ? _car : _cockpit).CreateService(service.ToDescription()));
        }

        var gearField = _services["Driving"].AddField(Payload(gear), notifierId: Place("Gear").Topic.Id);
        var gate = _services["Cockpit"].AddField(Payload(default(GateStatus)), notifierId: Place("GateStatus").Topic.Id);
        _services["Climate"].OnMethod(Place("HvacCommand").Topic.Id, (in SomeIpRequest request, System.Buffers.IBufferWriter<byte> _) =>
        {
            Take<HvacCommand>("HvacCommand", request.Payload);
            return SomeIpReturnCode.Ok;
        });
        foreach (var service in ServiceMap.Contract.Services)
        {
            _services[service.Name].Start();
            _proxies.Add(service.Name, (service.OfferedBy == ServiceSide.Car ? _cockpit : _car).CreateProxy(service.ToProxyOptions()));
        }

        Listen<Gear>("Gear");
        Listen<VehicleSpeed>("VehicleSpeed");
        Listen<CommandOutcome>("CommandOutcome");
        Listen<PlaceResults>("PlaceResults");
        Listen<GateStatus>("GateStatus");
        foreach (var service in ServiceMap.Contract.Services)
        {
            await _proxies[service.Name].WaitUntilAvailableAsync(Watchdog, TestContext.Current.CancellationToken);
            foreach (var group in service.Topics.Where(static x => x.EventgroupId is not null).DistinctBy(static x => x.EventgroupId))
            {
                await _proxies[service.Name].Subscribe(group.EventgroupId!.Value, group.Transport.ToSomeIp()).WaitUntilSubscribedAsync(Watchdog, TestContext.Current.CancellationToken);
            }
        }

        // The values of the two fields at the time of the subscription.
        await ArrivedAsync(2);
        Assert.Equal([("GateStatus", Hex(default(GateStatus))), ("Gear", Hex(gear))], received.Order());
        received.Clear();

        Assert.Equal(SomeIpSendOutcome.Sent, _services["Driving"].Notify(Place("VehicleSpeed").Topic.Id, Payload(speed)));
        Assert.Equal(SomeIpSendOutcome.Sent, _services["Climate"].Notify(Place("CommandOutcome").Topic.Id, Payload(outcome)));
        Assert.Equal(SomeIpSendOutcome.Sent, _services["Navigation"].Notify(Place("PlaceResults").Topic.Id, Payload(results)));
        Assert.Equal(SomeIpSendOutcome.Sent, gate.Set(Payload(status)));
        gear.Position = GearPosition.Park;
        Assert.Equal(SomeIpSendOutcome.Sent, gearField.Set(Payload(gear)));
        Assert.Equal(SomeIpSendOutcome.Sent, _proxies["Climate"].Send(Place("HvacCommand").Topic.Id, Payload(command)));
        await ArrivedAsync(6);
        Assert.Equal(
            [
                ("CommandOutcome", Hex(outcome)), ("GateStatus", Hex(status)), ("Gear", Hex(gear)), ("HvacCommand", Hex(command)),
                ("PlaceResults", Hex(results)), ("VehicleSpeed", Hex(speed)),
            ],
            received.Order());

        void Listen<T>(string topic)
            where T : struct, ISomeIpType<T>
        {
            var (service, mapped) = Place(topic);
            var reception = mapped.CreateReception();
            _proxies[service.Name].OnEvent(mapped.Id, (in SomeIpEvent e) =>
            {
                var payload = e.Payload;
                if (reception is not null)
                {
                    Assert.False(reception.Receive(e, out payload).Check.IsError());
                }

                Take<T>(topic, payload);
            });
        }

        void Take<T>(string topic, ReadOnlySpan<byte> payload)
            where T : struct, ISomeIpType<T>
        {
            received.Enqueue((topic, SomeIpPayload.TryRead<T>(payload, out var sample, out var fault) ? Hex(sample) : fault.ToString()));
            arrived.Release();
        }

        async Task ArrivedAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(await arrived.WaitAsync(Watchdog, TestContext.Current.CancellationToken), $"{i} of {count} arrived");
            }
        }
    }

    private static SomeIpNode Start(string address) => SomeIpNode.Start(new SomeIpNodeOptions { LocalAddress = IPAddress.Parse(address), SdPort = SdPort });

    private static (MappedService Service, MappedTopic Topic) Place(string topic) => ServiceMap.Contract.PlacesOf(topic).First();

    private static byte[] Payload<T>(in T sample)
        where T : struct, ISomeIpType<T>
    {
        var payload = new byte[T.MaxSomeIpBytes];
        Assert.True(SomeIpPayload.TryWrite(sample, payload, out var written, out _));
        return payload[..written];
    }

    private static string Hex<T>(in T sample)
        where T : struct, ISomeIpType<T> => Convert.ToHexString(Payload(sample));
}
