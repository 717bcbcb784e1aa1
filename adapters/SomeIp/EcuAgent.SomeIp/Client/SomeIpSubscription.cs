using EcuAgent.SomeIp.Client;
using EcuAgent.SomeIp.Discovery;

namespace EcuAgent.SomeIp;

/// <summary>A subscription to an eventgroup. It is renewed with each offer and made anew after the server was away, until disposed.</summary>
public sealed class SomeIpSubscription : IDisposable, INotified
{
    private readonly SomeIpNode _node;
    private readonly StateSignal<SubscriptionState> _state;
    private readonly ushort[] _heardEvents;

    internal SomeIpSubscription(SomeIpNode node, SomeIpProxy proxy, ClientSubscription inner, SomeIpSubscriptionOptions options)
    {
        _node = node;
        Proxy = proxy;
        Inner = inner;
        Options = options;
        _heardEvents = [.. options.HeardEvents];
        _state = new StateSignal<SubscriptionState>(SubscriptionState.Waiting);
    }

    /// <summary>On the thread pool, after the state has changed. Quick changes may be told as one.</summary>
    public event Action<SomeIpSubscription>? StateChanged;

    public SomeIpSubscriptionOptions Options { get; }

    public ushort EventgroupId => Inner.EventgroupId;

    /// <summary>How often it was made anew because no event came within <see cref="SomeIpSubscriptionOptions.SilenceLimit"/>.</summary>
    public int Silences => Inner.Silences;

    public SubscriptionState State => _state.Value;

    internal SomeIpProxy Proxy { get; }

    internal ClientSubscription Inner { get; }

    int INotified.Pending { get; set; }

    /// <summary>Ends when the server has accepted. Throws <see cref="TimeoutException"/> after the time given.</summary>
    public Task WaitUntilSubscribedAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _state.WaitAsync(static state => state == SubscriptionState.Subscribed, timeout, _node.Time, cancellationToken);

    /// <summary>Says to the server that it ends.</summary>
    public void Dispose() => _node.Unsubscribe(this);

    internal void Heard(ushort eventId, TimeSpan now)
    {
        if (_heardEvents.Length == 0 || _heardEvents.Contains(eventId))
        {
            Inner.HeardAt = now;
        }
    }

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
