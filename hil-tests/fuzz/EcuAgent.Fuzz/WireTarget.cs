using System.Net;
using EcuAgent.SomeIp;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.Fuzz;

/// <summary>
/// Everything that reads bytes from the network, without sockets: datagram, TP, service discovery with server and client, TCP stream.
/// What was read before counts: peers that are known, segments that wait for others.
/// </summary>
internal sealed class WireTarget : IDisposable
{
    private static readonly IPEndPoint Own = new(IPAddress.Loopback, 30490);
    private static readonly EndpointKey Source = new(0, 0x7F000109, 40000);

    private readonly TpReassembler _tp;
    private readonly SdEngine _engine;
    private TimeSpan _now;

    internal WireTarget()
    {
        _engine = new SdEngine(
            new SdEngineOptions { Own = Own, Timings = PeerService.QuickTimings, Limits = new SdLimits(), SubnetPrefixLength = 8 }, new Random(1), new QuietSdHost(Own.Address), Counters);
        _tp = new TpReassembler(new TpLimits { MaxMessages = 4, MaxMessageBytes = 4096, MaxTotalBytes = 16384 }, Counters);
        var offered = new OfferedService(PeerService.QuickTimings)
        {
            ServiceId = PeerService.ServiceId,
            InstanceId = PeerService.InstanceId,
            MajorVersion = 1,
            Options = [SdEndpointOption.Unicast(Own, SdTransport.Udp)],
        };
        offered.Eventgroups.Add(PeerService.Group, new OfferedEventgroup(PeerService.Group) { NeedsUdp = true });
        offered.Eventgroups.Add(PeerService.TcpGroup, new OfferedEventgroup(PeerService.TcpGroup) { NeedsTcp = true });
        _engine.Offer(offered, _now);
        var required = new RequiredService(PeerService.QuickTimings) { ServiceId = PeerService.ServiceId, InstanceId = SdEntry.AnyInstance, MajorVersion = 1 };
        _engine.Require(required, _now);
        _engine.Subscribe(new ClientSubscription(required, PeerService.Group) { SilenceLimit = TimeSpan.FromSeconds(1) }, _now);
    }

    internal SomeIpCounters Counters { get; } = new();

    /// <summary>Messages found in the last datagram.</summary>
    internal int Messages { get; private set; }

    internal void Run(ReadOnlySpan<byte> bytes)
    {
        _now += TimeSpan.FromMilliseconds(7);
        RunDatagram(bytes);
        RunStream(bytes);
    }

    /// <summary>Throws where strangers have made it keep more than it may.</summary>
    internal void RequireBounds()
    {
        if (_tp.MessagesInWork > 4 || _tp.BytesInUse > 16384 || _engine.RemoteServices.Count > 1024)
        {
            throw new InvalidOperationException($"{_tp.MessagesInWork} messages and {_tp.BytesInUse} bytes in reassembly, {_engine.RemoteServices.Count} services");
        }
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
