using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EcuAgent.Bench.Service;
using EcuAgent.SomeIp;

namespace EcuAgent.Bench.SomeIp;

/// <summary>This side: calls and counts.</summary>
internal sealed class SomeIpBench
{
    private const int Rounds = 4;
    private const int RoundMs = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SomeIpProxy _proxy;
    private readonly int _sdPort;
    private readonly byte[] _payload = new byte[Agreed.PayloadBytes];
    private long _events;
    private long _bare;

    private SomeIpBench(SomeIpProxy proxy, int sdPort) => (_proxy, _sdPort) = (proxy, sdPort);

    internal static async Task<Report> RunAsync()
    {
        var sdPort = 33000 + (Environment.ProcessId % 1000 * 2);
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SomeIpBench).Assembly.Location);
        }

        start.ArgumentList.Add("other-side");
        start.ArgumentList.Add(sdPort.ToString(CultureInfo.InvariantCulture));
        using var other = Process.Start(start)!;
        try
        {
            await other.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            using var node = SomeIpNode.Start(Agreed.Options(Agreed.Here, sdPort));
            var proxy = node.CreateProxy(new SomeIpProxyOptions { ServiceId = Agreed.Service });
            await proxy.WaitUntilAvailableAsync(Patience);
            return await new SomeIpBench(proxy, sdPort).MeasureAsync();
        }
        finally
        {
            other.StandardInput.Close();
            other.WaitForExit();
        }
    }

    private async Task<Report> MeasureAsync()
    {
        var (ours, bare) = (new Distribution(), new Distribution());
        var bytesPerCall = Calls(new Distribution());
        BareCalls(new Distribution());
        for (var round = 0; round < Rounds; round++)
        {
            // In turns and in both orders, so that a disturbance of the machine does not hit one side only.
            Console.Error.WriteLine($"round trips {round + 1} of {Rounds}");
            if (round % 2 == 0)
            {
                bytesPerCall = Calls(ours);
                BareCalls(bare);
            }
            else
            {
                BareCalls(bare);
                bytesPerCall = Math.Max(bytesPerCall, Calls(ours));
            }
        }

        _proxy.OnEvent(Agreed.Event, (in SomeIpEvent _) => _events++);
        await _proxy.Subscribe(Agreed.Group).WaitUntilSubscribedAsync(Patience);
        await EventsAsync();
        await BareFloodAsync();
        var (events, floods) = (new List<Flood>(), new List<Flood>());
        for (var round = 0; round < Rounds; round++)
        {
            Console.Error.WriteLine($"floods {round + 1} of {Rounds}");
            if (round % 2 == 0)
            {
                events.Add(await EventsAsync());
                floods.Add(await BareFloodAsync());
            }
            else
            {
                floods.Add(await BareFloodAsync());
                events.Add(await EventsAsync());
            }
        }

        return new Report(ours, bare, bytesPerCall, events, floods);
    }

    /// <returns>Managed bytes a call, all threads.</returns>
    private double Calls(Distribution times)
    {
        var answer = new byte[Agreed.PayloadBytes];
        var ticks = new long[1 << 20];
        var count = 0;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency * RoundMs / 1000);
        for (var now = Stopwatch.GetTimestamp(); now < end && count < ticks.Length; count++)
        {
            if (!_proxy.Call(Agreed.Echo, _payload, answer, Patience).IsOk)
            {
                throw new InvalidOperationException("no answer from the other process");
            }

            var after = Stopwatch.GetTimestamp();
            ticks[count] = after - now;
            now = after;
        }

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Add(times, ticks.AsSpan(0, count));
        return (double)allocated / count;
    }

    private void BareCalls(Distribution times)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = (int)Patience.TotalMilliseconds };
        socket.Bind(new IPEndPoint(Agreed.Here, 0));
        var to = Agreed.BareEcho(_sdPort).Serialize();
        var from = new SocketAddress(AddressFamily.InterNetwork);
        var datagram = new byte[Agreed.DatagramBytes];
        var ticks = new long[1 << 20];
        var count = 0;
        var end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency * RoundMs / 1000);
        for (var now = Stopwatch.GetTimestamp(); now < end && count < ticks.Length; count++)
        {
            socket.SendTo(datagram, SocketFlags.None, to);
            socket.ReceiveFrom(datagram, SocketFlags.None, from);
            var after = Stopwatch.GetTimestamp();
            ticks[count] = after - now;
            now = after;
        }

        Add(times, ticks.AsSpan(0, count));
    }

    private async Task<Flood> EventsAsync()
    {
        var (events, before) = (Volatile.Read(ref _events), GC.GetTotalAllocatedBytes(precise: true));
        var (sent, allocatedThere) = await FloodAsync(Agreed.FloodEvents, port: 0);
        return new Flood(sent, Volatile.Read(ref _events) - events, allocatedThere, GC.GetTotalAllocatedBytes(precise: true) - before);
    }

    private async Task<Flood> BareFloodAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = new SomeIpNodeOptions().ReceiveBufferBytes };
        socket.Bind(new IPEndPoint(Agreed.Here, 0));
        _bare = 0;
        var receiver = new Thread(() =>
        {
            var buffer = new byte[2048];
            var from = new SocketAddress(AddressFamily.InterNetwork);
            try
            {
                while (true)
                {
                    socket.ReceiveFrom(buffer, SocketFlags.None, from);
                    _bare++;
                }
            }
            catch (SocketException)
            {
                // Closed: the flood is over.
            }
        });
        receiver.Start();
        var (sent, allocatedThere) = await FloodAsync(Agreed.FloodBare, ((IPEndPoint)socket.LocalEndPoint!).Port);
        socket.Close();
        receiver.Join();
        return new Flood(sent, _bare, allocatedThere, 0);
    }

    private async Task<(long Sent, long Allocated)> FloodAsync(ushort method, int port)
    {
        var request = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(request, RoundMs);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(4), port);
        var result = await _proxy.CallAsync(method, request, Patience);
        if (!result.IsOk)
        {
            throw new InvalidOperationException($"the flood was not answered: {result.Outcome}");
        }

        return (BinaryPrimitives.ReadInt64BigEndian(result.Payload.Span), BinaryPrimitives.ReadInt64BigEndian(result.Payload.Span[8..]));
    }

    private static void Add(Distribution times, ReadOnlySpan<long> ticks)
    {
        foreach (var tick in ticks)
        {
            times.Add(TimeSpan.FromSeconds((double)tick / Stopwatch.Frequency));
        }
    }
}
