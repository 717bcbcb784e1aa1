using System.Net;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.Fuzz;

/// <summary>A host with nothing behind it: what the engine sends goes nowhere.</summary>
internal sealed class QuietSdHost(IPAddress own) : ISdHost
{
    private readonly IPEndPoint _udp = new(own, 40000);

    public void Send(IPEndPoint? peer, ReadOnlySpan<byte> message)
    {
    }

    public void Up(RequiredService required, RemoteService service)
    {
    }

    public void Down(RequiredService required, RemoteService service, ServiceDownReason reason)
    {
    }

    public void Renewed(RequiredService required, RemoteService service)
    {
    }

    public bool TryGetEndpoints(ClientSubscription subscription, RemoteService service, List<SdOption> options)
    {
        options.Add(SdEndpointOption.Unicast(_udp, SdTransport.Udp));
        return true;
    }

    public void SubscriptionChanged(ClientSubscription subscription, IPEndPoint? multicast)
    {
    }

    public bool IsTcpConnected(OfferedService service, IPEndPoint client) => true;

    public void SubscribersChanged(OfferedService service)
    {
    }

    public void SendInitial(OfferedService service, OfferedEventgroup group, Subscriber subscriber)
    {
    }

    public void Rebooted(IPEndPoint peer)
    {
    }
}
