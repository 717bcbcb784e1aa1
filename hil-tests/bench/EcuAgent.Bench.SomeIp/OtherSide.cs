using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EcuAgent.SomeIp;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.Bench.SomeIp;

/// <summary>The second process: echoes and floods, by SOME/IP and bare.</summary>
internal static class OtherSide
{
    internal static void Run(int sdPort)
    {
        using var node = SomeIpNode.Start(Agreed.Options(Agreed.There, sdPort));
        using var bare = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        bare.Bind(Agreed.BareEcho(sdPort));
        var service = node.CreateService(new SomeIpServiceDescription
        {
            ServiceId = Agreed.Service,
            InstanceId = 1,
            UdpPort = 0,
            Events = [new SomeIpEventDescription(Agreed.Event)],
            Eventgroups = [new SomeIpEventgroupDescription(Agreed.Group, Agreed.Event)],
        });
        service.OnMethod(Agreed.Echo, static (in SomeIpRequest request, IBufferWriter<byte> response) =>
        {
            response.Write(request.Payload);
            return SomeIpReturnCode.Ok;
        });
        var payload = new byte[Agreed.PayloadBytes];
        service.OnMethodAsync(Agreed.FloodEvents, (_, request, response, _) => Flood(request.Span, response, () => service.Notify(Agreed.Event, payload)));
        service.OnMethodAsync(Agreed.FloodBare, (_, request, response, _) =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            var to = new IPEndPoint(Agreed.Here, BinaryPrimitives.ReadInt32BigEndian(request.Span[4..])).Serialize();
            var datagram = new byte[Agreed.DatagramBytes];
            return Flood(request.Span, response, () => socket.SendTo(datagram, SocketFlags.None, to));
        });
        service.Start();
        new Thread(() => Echo(bare)) { IsBackground = true }.Start();
        Console.WriteLine("ready");
        while (Console.ReadLine() is not null)
        {
        }
    }

    /// <summary>As fast as it goes for the time asked for. Answers with what was sent and allocated, 8 bytes each.</summary>
    private static ValueTask<SomeIpReturnCode> Flood(ReadOnlySpan<byte> request, IBufferWriter<byte> response, Action send)
    {
        var end = Stopwatch.GetTimestamp() + (BinaryPrimitives.ReadInt32BigEndian(request) * Stopwatch.Frequency / 1000);
        long sent = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (; Stopwatch.GetTimestamp() < end; sent++)
        {
            send();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        BinaryPrimitives.WriteInt64BigEndian(response.GetSpan(8), sent);
        response.Advance(8);
        BinaryPrimitives.WriteInt64BigEndian(response.GetSpan(8), allocated);
        response.Advance(8);
        return new(SomeIpReturnCode.Ok);
    }

    private static void Echo(Socket socket)
    {
        var buffer = new byte[2048];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        while (true)
        {
            var received = socket.ReceiveFrom(buffer, SocketFlags.None, from);
            socket.SendTo(buffer.AsSpan(0, received), SocketFlags.None, from);
        }
    }
}
