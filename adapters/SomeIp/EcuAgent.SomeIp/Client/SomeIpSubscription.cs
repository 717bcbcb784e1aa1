using EcuAgent.SomeIp.Client;
using EcuAgent.SomeIp.Discovery;

namespace EcuAgent.SomeIp;

/// <summary>A subscription to an eventgroup. It is renewed with each offer and made anew after the server was away, until disposed.</summary>
public sealed class SomeIpSubscription : IDisposable, INotified
{
    private readonly SomeIpNode _node;
    private readonly StateSignal<SubscriptionState> _state;

    internal SomeIpSubscription(SomeIpNode node, SomeIpProxy proxy, ClientSubscription inner, IReadOnlyCollection<SomeIpTransport> transports)
    {
        _node = node;
        Proxy = proxy;
        Inner = inner;
        Transports = transports;
        _state = new StateSignal<SubscriptionState>(SubscriptionState.Waiting);
    }

    /// <summary>On the thread pool, after the state has changed. Quick changes may be told as one.</summary>
    public event Action<SomeIpSubscription>? StateChanged;

    public ushort EventgroupId => Inner.EventgroupId;

    public SubscriptionState State => _state.Value;

    internal SomeIpProxy Proxy { get; }

    internal ClientSubscription Inner { get; }

    internal IReadOnlyCollection<SomeIpTransport> Transports { get; }

    int INotified.Pending { get; set; }

    /// <summary>Ends when the server has accepted. Throws <see cref="TimeoutException"/> after the time given.</summary>
    public Task WaitUntilSubscribedAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _state.WaitAsync(static state => state == SubscriptionState.Subscribed, timeout, _node.Time, cancellationToken);

    /// <summary>Says to the server that it ends.</summary>
    public void Dispose() => _node.Unsubscribe(this);

    internal void SetState(SubscriptionState state)
    {
        if (state != SubscriptionState.Subscribed)
        {
            Proxy.StartsAnew();
        }

        _state.Set(state);
    }

    void INotified.Deliver() => StateChanged?.Invoke(this);
}
