using System.Buffers;
using System.Net;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>Nodes on loopback addresses and an SD port of their own, so that tests do not hear each other.</summary>
internal sealed class Network : IDisposable
{
    /// <summary>Longer than any test should take; only a test that hangs meets it.</summary>
    internal static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);

    private static int s_next = Environment.ProcessId % 400 * 50;

    private readonly List<SomeIpNode> _nodes = [];

    /// <summary>The next port is free for the test as well.</summary>
    internal int SdPort { get; } = 12000 + (2 * (Interlocked.Increment(ref s_next) % 10_000));

    internal static IPAddress Address(byte host) => new([127, 0, 1, host]);

    internal SomeIpNodeOptions Options(byte host) => new() { LocalAddress = Address(host), SdPort = SdPort, Timings = PeerService.QuickTimings };

    internal SomeIpNode Start(byte host, Func<SomeIpNodeOptions, SomeIpNodeOptions>? change = null, RecordingLogger? logger = null)
    {
        var node = SomeIpNode.Start((change ?? (static options => options))(Options(host)), logger);
        _nodes.Add(node);
        return node;
    }

    /// <summary>A server with the peer's service in this process.</summary>
    internal (SomeIpNode Node, SomeIpService Service, SomeIpField Field) StartServer(
        byte host, Func<SomeIpServiceDescription, SomeIpServiceDescription>? change = null, Func<SomeIpNodeOptions, SomeIpNodeOptions>? options = null)
    {
        var node = Start(host, options);
        var service = node.CreateService((change ?? (static description => description))(PeerService.Describe(0, 0)));
        service.OnMethod(PeerService.Echo, static (in SomeIpRequest request, IBufferWriter<byte> response) =>
        {
            response.Write(request.Payload);
            return SomeIpReturnCode.Ok;
        });
        var field = service.AddField([1], PeerService.GetField, PeerService.SetField, PeerService.FieldNotifier);
        service.Start();
        return (node, service, field);
    }

    internal static async Task<SomeIpProxy> ProxyAsync(SomeIpNode client, SomeIpTransport transport = SomeIpTransport.Udp)
    {
        var proxy = client.CreateProxy(new SomeIpProxyOptions { ServiceId = PeerService.ServiceId, Transport = transport, TpMethods = [PeerService.Echo] });
        await proxy.WaitUntilAvailableAsync(Watchdog);
        return proxy;
    }

    /// <summary>What was counted, by name.</summary>
    internal static IEnumerable<string> Faults(SomeIpNode node) =>
        Enum.GetValues<SomeIpFault>().Where(fault => node.Counters[fault] > 0).Select(fault => $"{fault} {node.Counters[fault]}");

    public void Dispose()
    {
        foreach (var node in _nodes)
        {
            node.Dispose();
        }
    }
}
