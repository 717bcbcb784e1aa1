using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>What <see cref="SdEngine"/> tells the node and asks of it. Called in the order of what happens; must not call back.</summary>
internal interface ISdHost
{
    /// <summary>Sends to a peer, or to the group (null).</summary>
    void Send(IPEndPoint? peer, ReadOnlySpan<byte> message);

    void Up(RequiredService required, RemoteService service);

    void Down(RequiredService required, RemoteService service, ServiceDownReason reason);

    /// <summary>Every offer of a bound service, also those that change nothing.</summary>
    void Renewed(RequiredService required, RemoteService service);

    /// <summary>Endpoints for a subscription; false while they are not ready, such as a TCP connection on its way.</summary>
    bool TryGetEndpoints(ClientSubscription subscription, RemoteService service, List<SdOption> options);

    void SubscriptionChanged(ClientSubscription subscription, IPEndPoint? multicast);

    bool IsTcpConnected(OfferedService service, IPEndPoint client);

    /// <summary>The set of subscribers changed. Before the answer goes out: who has it gets every event from then on.</summary>
    void SubscribersChanged(OfferedService service);

    /// <summary>A subscriber is to get the fields' values. After the answer went out.</summary>
    void SendInitial(OfferedService service, OfferedEventgroup group, Subscriber subscriber);

    void Rebooted(IPEndPoint peer);
}
