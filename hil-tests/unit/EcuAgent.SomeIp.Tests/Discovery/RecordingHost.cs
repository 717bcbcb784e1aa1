using System.Net;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Discovery;

/// <summary>Writes down what the engine tells; what it sends goes to the network of the test.</summary>
internal sealed class RecordingHost : ISdHost
{
    private readonly IPEndPoint _own;
    private readonly SdNetwork _network;

    internal RecordingHost(IPEndPoint own, SdNetwork network) => (_own, _network) = (own, network);

    internal List<string> Told { get; } = [];

    internal bool EndpointsReady { get; set; } = true;

    internal bool TcpConnected { get; set; } = true;

    public void Send(IPEndPoint? peer, ReadOnlySpan<byte> message) => _network.Send(_own, peer, message);

    public void Up(RequiredService required, RemoteService service) => Told.Add($"up {service.InstanceId:X4}");

    public void Down(RequiredService required, RemoteService service, ServiceDownReason reason) => Told.Add($"down {service.InstanceId:X4} {reason}");

    public void Renewed(RequiredService required, RemoteService service)
    {
    }

    public bool TryGetEndpoints(ClientSubscription subscription, RemoteService service, List<SdOption> options)
    {
        options.Add(SdEndpointOption.Unicast(new IPEndPoint(_own.Address, 40000), SdTransport.Udp));
        return EndpointsReady;
    }

    public void SubscriptionChanged(ClientSubscription subscription, IPEndPoint? multicast) => Told.Add($"{subscription.State} {multicast}".TrimEnd());

    public bool IsTcpConnected(OfferedService service, IPEndPoint client) => TcpConnected;

    public void SubscribersChanged(OfferedService service) => Told.Add($"subscribers {service.Eventgroups.Values.Sum(static group => group.Subscribers.Count)}");

    public void SendInitial(OfferedService service, OfferedEventgroup group, Subscriber subscriber) => Told.Add("initial");

    public void Rebooted(IPEndPoint peer) => Told.Add("rebooted");
}
