using System.Net;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Tests.Discovery;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Fuzz;

/// <summary>
/// Everything that reads bytes from the network, without sockets: datagram, TP, service discovery with server and client, TCP stream.
/// <see cref="Run"/> has the form that coverage-guided fuzzers call (SharpFuzz: <c>Fuzzer.LibFuzzer.Run(new FuzzTarget().Run)</c>).
/// </summary>
internal sealed class FuzzTarget : IDisposable
{
    private static readonly EndpointKey Source = new(0, 0x7F000109, 40000);

    private readonly SdNetwork _network = new();
    private readonly TpReassembler _tp;
    private readonly SdEngine _engine;
    private TimeSpan _now;

    internal FuzzTarget()
    {
        (_engine, _, Counters) = _network.Add(1);
        _tp = new TpReassembler(new TpLimits { MaxMessages = 4, MaxMessageBytes = 4096, MaxTotalBytes = 16384 }, Counters);
        var offered = new OfferedService(SdEngineTests.Timings)
        {
            ServiceId = PeerService.ServiceId,
            InstanceId = PeerService.InstanceId,
            MajorVersion = 1,
            Options = [SdEndpointOption.Unicast(SdNetwork.Address(1), SdTransport.Udp)],
        };
        offered.Eventgroups.Add(PeerService.Group, new OfferedEventgroup(PeerService.Group) { NeedsUdp = true });
        offered.Eventgroups.Add(PeerService.TcpGroup, new OfferedEventgroup(PeerService.TcpGroup) { NeedsTcp = true });
        _engine.Offer(offered, _now);
        var required = new RequiredService(SdEngineTests.Timings) { ServiceId = PeerService.ServiceId, InstanceId = SdEntry.AnyInstance, MajorVersion = 1 };
        _engine.Require(required, _now);
        _engine.Subscribe(new ClientSubscription(required, PeerService.Group) { SilenceLimit = TimeSpan.FromSeconds(1) }, _now);
    }

    internal SomeIpCounters Counters { get; }

    internal TpReassembler Tp => _tp;

    internal SdEngine Engine => _engine;

    /// <summary>Messages found in the last datagram.</summary>
    internal int Messages { get; private set; }

    internal void Run(ReadOnlySpan<byte> bytes)
    {
        _now += TimeSpan.FromMilliseconds(7);
        RunDatagram(bytes);
        RunStream(bytes);
    }

    public void Dispose() => _tp.Dispose();

    private void RunDatagram(ReadOnlySpan<byte> bytes)
    {
        Messages = 0;
        var reader = new SomeIpDatagramReader(bytes);
        SomeIpFault fault;
        while (reader.TryRead(out var header, out var payload, out fault))
        {
            Messages++;
            if (header.MessageType.IsTp())
            {
                _tp.TryAdd(Source, header, payload, _now, out _, out _);
            }
            else if (header.ServiceId == SdMessage.ServiceId)
            {
                _engine.Receive(header, payload, new IPEndPoint(new IPAddress([127, 0, 1, (byte)header.SessionId]), 30490), header.ClientId != 0, _now);
            }
        }

        if (fault != SomeIpFault.None)
        {
            Counters.Add(fault);
        }

        _network.Sent.Clear();
    }

    private void RunStream(ReadOnlySpan<byte> bytes)
    {
        var reader = new SomeIpStreamReader(2000);
        while (!bytes.IsEmpty && !reader.IsLost)
        {
            var free = reader.FreeSpace;
            var size = Math.Min(Math.Min(free.Length, bytes.Length), 33);
            if (size == 0)
            {
                throw new InvalidOperationException("the stream reader has no room and does not read");
            }

            bytes[..size].CopyTo(free);
            reader.Advance(size);
            bytes = bytes[size..];
            SomeIpFault fault;
            do
            {
                while (reader.TryRead(out _, out _, out fault))
                {
                }

                if (fault != SomeIpFault.None)
                {
                    Counters.Add(fault);
                }
            }
            while (fault != SomeIpFault.None && !reader.IsLost);
        }
    }
}
