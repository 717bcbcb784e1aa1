using EcuAgent.Idl;
using EcuAgent.Signals;
using EcuAgent.SomeIp.Protection;
using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.SomeIp.Wire;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus.Tests;

/// <summary>The way of an event from its bytes to a sample with a status.</summary>
public sealed class TopicReceiverTests : ISampleSink<V1.Gear>
{
    private static readonly MappedTopic Protected = ServiceMap.Contract.PlacesOf("Gear").Single().Topic;

    private readonly BusWarnings _warnings = new();
    private readonly List<(uint Number, E2eStatus E2e)> _taken = [];
    private readonly E2eProtection _protection = Protected.CreateProtection()!;
    private int _damaged;
    private ushort _session;

    void ISampleSink<V1.Gear>.OnSample(in V1.Gear sample, E2eStatus e2e) => _taken.Add((sample.SequenceNumber, e2e));

    void ISampleSink<V1.Gear>.OnDamaged() => _damaged++;

    [Fact]
    public void Protected_InOrder_IsTrustedFromTheSecondOn()
    {
        var receiver = Receiver(Protected);
        for (var i = 1u; i <= 3; i++)
        {
            Receive(receiver, Message(i));
        }

        Assert.Equal([(1u, E2eStatus.Failed), (2u, E2eStatus.Ok), (3u, E2eStatus.Ok)], _taken);
        Assert.Equal(0, _damaged);
    }

    [Fact]
    public void Protected_DamagedAnywhere_IsTakenAsDamagedAndTheNextGoodOneCounts()
    {
        var receiver = Receiver(Protected);
        Receive(receiver, Message(1));
        Receive(receiver, Message(2));
        _taken.Clear();
        var damaged = Message(3);
        damaged[^1] ^= 1;
        Receive(receiver, damaged);
        Receive(receiver, Message(4)[..20]);
        Assert.Equal((2, 0), (_damaged, _taken.Count));
        Assert.Equal(1, _warnings.Count(new BusWarning(BusWarningKind.E2eFailed, "Gear", "CrcError")));
        Assert.Equal(1, _warnings.Count(new BusWarning(BusWarningKind.E2eFailed, "Gear", "WrongLength")));

        Receive(receiver, Message(5));
        Assert.Equal([(5u, E2eStatus.Ok)], _taken);
    }

    [Fact]
    public void Protected_Repeated_IsIntactAndNotTrusted()
    {
        var receiver = Receiver(Protected);
        Receive(receiver, Message(1));
        var second = Message(2);
        Receive(receiver, second);
        Receive(receiver, second);
        Assert.Equal([(1u, E2eStatus.Failed), (2u, E2eStatus.Ok), (2u, E2eStatus.Failed)], _taken);
        Assert.Equal(1, _warnings.Count(new BusWarning(BusWarningKind.E2eFailed, "Gear", "Repeated")));
    }

    [Fact]
    public void Plain_PayloadThatIsNoGear_IsCountedAndTheNextOneIsTaken()
    {
        var receiver = Receiver(Protected with { E2e = null });
        var payload = Payload(7);
        Receive(receiver, Header(payload.Length), payload.AsSpan(0, payload.Length - 1));
        payload[^1] = 99;
        Receive(receiver, Header(payload.Length), payload);
        Assert.Equal(2, receiver.Malformed);
        Assert.Equal(1, _warnings.Count(new BusWarning(BusWarningKind.Malformed, "Gear", nameof(SomeIpPayloadFault.TooShort))));
        Assert.Equal(1, _warnings.Count(new BusWarning(BusWarningKind.Malformed, "Gear", nameof(SomeIpPayloadFault.EnumValue))));

        Receive(receiver, Header(payload.Length), Payload(8));
        Assert.Equal([(8u, E2eStatus.NotUsed)], _taken);
    }

    [Fact]
    public void Map_BothSides_AgreeOnTransportsGroupsAndProtections()
    {
        foreach (var service in ServiceMap.Contract.Services)
        {
            var (offered, wanted) = (service.ToDescription(), service.ToProxyOptions());
            Assert.Equal((service.ServiceId, service.InstanceId, service.MajorVersion), (offered.ServiceId, offered.InstanceId, offered.MajorVersion));
            Assert.Equal((service.ServiceId, service.InstanceId, service.MajorVersion), (wanted.ServiceId, wanted.InstanceId, wanted.MajorVersion));
            Assert.NotNull(wanted.Transport == SomeIpTransport.Tcp ? offered.TcpPort : offered.UdpPort);
            Assert.Equal(service.Topics.Count(t => t.E2e is not null && t.Kind != TopicKind.Method), offered.Events.Count(e => e.Protection is not null));
            Assert.Equal(
                service.Topics.Where(t => t.Kind != TopicKind.Method).Select(t => (t.Id, t.EventgroupId)),
                offered.Events.Select(e => (e.Id, (ushort?)offered.Eventgroups.Single(g => g.EventIds.Contains(e.Id)).Id)));
        }
    }

    private TopicReceiver<V1.Gear> Receiver(MappedTopic topic) => new(topic, this, _warnings.Add);

    private static void Receive(TopicReceiver<V1.Gear> receiver, byte[] message)
    {
        Assert.True(SomeIpHeader.TryRead(message, out var header));
        Receive(receiver, header, message.AsSpan(SomeIpHeader.Size));
    }

    private static void Receive(TopicReceiver<V1.Gear> receiver, in SomeIpHeader header, ReadOnlySpan<byte> payload) => receiver.OnEvent(new SomeIpEvent(header, payload));

    private static byte[] Payload(uint number)
    {
        var payload = new byte[V1.Gear.MaxSomeIpBytes];
        var gear = new V1.Gear { Source = BoundedString32.From("ecu.gear"), SequenceNumber = number, Validity = V1.Validity.Valid, Position = V1.GearPosition.Drive };
        Assert.True(SomeIpPayload.TryWrite(in gear, payload, out var written, out _));
        return payload[..written];
    }

    private SomeIpHeader Header(int payloadBytes) => SomeIpHeader.For(0x6101, Protected.Id, payloadBytes, 0, ++_session, 1, SomeIpMessageType.Notification);

    private byte[] Message(uint number)
    {
        var payload = Payload(number);
        var message = new byte[SomeIpHeader.Size + _protection.HeaderBytes + payload.Length];
        Header(_protection.HeaderBytes + payload.Length).Write(message);
        payload.CopyTo(message, SomeIpHeader.Size + _protection.HeaderBytes);
        Assert.True(_protection.TryProtect(message));
        return message;
    }
}
