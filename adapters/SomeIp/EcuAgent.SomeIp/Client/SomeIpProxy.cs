using System.Net;
using EcuAgent.SomeIp.Client;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>
/// A client's view of one service: found by service discovery, called, subscribed to. Thread-safe. It follows the service through
/// restarts; calls while it is away end with <see cref="SomeIpCallOutcome.NotAvailable"/>.
/// </summary>
public sealed class SomeIpProxy : IDisposable, INotified
{
    private readonly SomeIpNode _node;
    private readonly HashSet<ushort> _tpMethods;
    private readonly Dictionary<ushort, ProtectedMessage> _protected;
    private readonly StateSignal<bool> _available = new(false);
    private volatile Route? _route;
    private int _generation;
    private Dictionary<ushort, SomeIpEventReceived> _handlers = [];

    /// <summary>Subscriptions that bear only so much silence; replaced as a whole.</summary>
    private volatile SomeIpSubscription[] _watched = [];

    internal SomeIpProxy(SomeIpNode node, SomeIpProxyOptions options)
    {
        _node = node;
        Options = options;
        _tpMethods = [.. options.TpMethods];
        _protected = options.Protections.ToDictionary(static pair => pair.Key, pair => new ProtectedMessage(pair.Value, node.Runtime));
        Required = new RequiredService(node.Options.Timings)
        {
            ServiceId = options.ServiceId,
            InstanceId = options.InstanceId,
            MajorVersion = options.MajorVersion,
            MinorVersion = options.MinorVersion,
        };
    }

    /// <summary>On the thread pool, after the service has come or gone. Quick changes may be told as one.</summary>
    public event Action<SomeIpProxy>? AvailabilityChanged;

    public SomeIpProxyOptions Options { get; }

    /// <summary>The service is offered and, where requests go over TCP, connected.</summary>
    public bool IsAvailable => _available.Value;

    /// <summary>Instance in use, null while there is none.</summary>
    public ushort? InstanceId => _route?.Service.InstanceId;

    internal RequiredService Required { get; }

    internal List<SomeIpSubscription> Subscriptions { get; } = [];

    /// <summary>Requests or subscriptions go over TCP.</summary>
    internal bool NeedsTcp => Options.Transport == SomeIpTransport.Tcp || Subscriptions.Any(static subscription => subscription.Options.Transports.Contains(SomeIpTransport.Tcp));

    int INotified.Pending { get; set; }

    /// <summary>Throws <see cref="TimeoutException"/> when the service does not come in time.</summary>
    public Task WaitUntilAvailableAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _available.WaitAsync(static available => available, timeout, _node.Time, cancellationToken);

    /// <summary>Sets the handler of an event or field notifier of this service, in place of an earlier one.</summary>
    public void OnEvent(ushort eventId, SomeIpEventReceived handler)
    {
        lock (_tpMethods)
        {
            _handlers = new Dictionary<ushort, SomeIpEventReceived>(_handlers) { [eventId] = handler };
        }
    }

    /// <summary>Subscribes to an eventgroup, now and whenever the service comes again. Set the handlers first.</summary>
    /// <param name="transports">What the events of the group use. Default: UDP.</param>
    public SomeIpSubscription Subscribe(ushort eventgroupId, params IReadOnlyCollection<SomeIpTransport> transports) =>
        Subscribe(new SomeIpSubscriptionOptions { EventgroupId = eventgroupId, Transports = transports.Count == 0 ? [SomeIpTransport.Udp] : transports });

    /// <summary>Subscribes to an eventgroup, now and whenever the service comes again. Set the handlers first.</summary>
    /// <exception cref="SomeIpException">An option is out of range, or the group has 16 subscriptions already.</exception>
    public SomeIpSubscription Subscribe(SomeIpSubscriptionOptions options) => _node.Subscribe(this, options);

    /// <summary>Calls a method; the answer gets an array of its own.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; whether the server runs the method is not known.</exception>
    public ValueTask<SomeIpCallResult> CallAsync(
        ushort methodId, ReadOnlyMemory<byte> payload, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        CallAsync(methodId, payload.Span, null, timeout, cancellationToken);

    /// <summary>Calls a method; the answer goes into <paramref name="response"/>, and what does not fit is cut off.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; whether the server runs the method is not known.</exception>
    public ValueTask<SomeIpCallResult> CallAsync(
        ushort methodId, ReadOnlyMemory<byte> payload, Memory<byte> response, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        CallAsync(methodId, payload.Span, response, timeout, cancellationToken);

    /// <summary>Calls a method and blocks until the answer is there. Allocates nothing. Not for the threads of handlers: they would wait for themselves.</summary>
    public SomeIpCallResult Call(ushort methodId, ReadOnlySpan<byte> payload, Memory<byte> response, TimeSpan timeout)
    {
        var outcome = Begin(methodId, payload, response, timeout, blocking: true, out var call);
        return call?.Wait() ?? new SomeIpCallResult(outcome, SomeIpReturnCode.Ok, default, 0);
    }

    /// <summary>Sends a request that nobody answers.</summary>
    public SomeIpSendOutcome Send(ushort methodId, ReadOnlySpan<byte> payload)
    {
        if (_route is not { } route || !_available.Value)
        {
            return SomeIpSendOutcome.NotAvailable;
        }

        var header = Header(route, methodId, payload, _node.Calls.NextSession(), SomeIpMessageType.RequestNoReturn);
        return Send(route, header, payload) ? SomeIpSendOutcome.Sent : SomeIpSendOutcome.Failed;
    }

    /// <summary>Ends all subscriptions and no longer looks for the service.</summary>
    public void Dispose() => _node.Release(this);

    void INotified.Deliver() => AvailabilityChanged?.Invoke(this);

    internal void SetRoute(Route? route)
    {
        _route = route;
        StartsAnew();
        _available.Set(route is not null && (Options.Transport == SomeIpTransport.Udp ? route.UdpAddress is not null : route.Tcp is { IsConnected: true }));
    }

    /// <summary>Events of before and those to come are no one sequence. To be called before the server can hear of a new subscription.</summary>
    internal void StartsAnew() => Interlocked.Increment(ref _generation);

    /// <summary>Subscriptions came or went.</summary>
    internal void UpdateWatched() => _watched = [.. Subscriptions.Where(static subscription => subscription.Inner.SilenceLimit is not null)];

    /// <summary>False when the event has no handler here.</summary>
    internal bool TryDeliver(in SomeIpHeader header, ReadOnlySpan<byte> payload)
    {
        foreach (var watched in _watched)
        {
            watched.Heard(header.MethodId, _node.Now);
        }

        if (!_handlers.TryGetValue(header.MethodId, out var handler))
        {
            return false;
        }

        try
        {
            handler(new SomeIpEvent(header, payload, Volatile.Read(ref _generation)));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The loop of the socket serves others as well.
            _node.Counters.Add(SomeIpFault.HandlerFailed);
            Log.HandlerFailed(_node.Logger, e, header.ServiceId, header.MethodId);
        }

        return true;
    }

    private ValueTask<SomeIpCallResult> CallAsync(
        ushort methodId, ReadOnlySpan<byte> payload, Memory<byte>? response, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = Begin(methodId, payload, response, timeout, blocking: false, out var call, cancellationToken);
        return call?.Task ?? new(new SomeIpCallResult(outcome, SomeIpReturnCode.Ok, default, 0));
    }

    private SomeIpCallOutcome Begin(
        ushort methodId, ReadOnlySpan<byte> payload, Memory<byte>? response, TimeSpan timeout, bool blocking, out PendingCall? call,
        CancellationToken cancellationToken = default)
    {
        call = null;
        if (_route is not { } route || !_available.Value)
        {
            return SomeIpCallOutcome.NotAvailable;
        }

        var tcp = Options.Transport == SomeIpTransport.Tcp ? route.Tcp : null;
        call = _node.Calls.Begin(Options.ServiceId, methodId, tcp?.RemoteKey ?? route.UdpKey, tcp, response, timeout, blocking);
        if (call is null)
        {
            return SomeIpCallOutcome.TooManyCalls;
        }

        if (cancellationToken.CanBeCanceled)
        {
            call.Cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((Cancellable)state!).Cancel(token), new Cancellable(_node.Calls, call));
        }

        // After the send the answer may have ended the call already, and someone else may use the object.
        var header = Header(route, methodId, payload, call.SessionId, SomeIpMessageType.Request);
        if (!Send(route, header, payload) && _node.Calls.TryTake(call))
        {
            call.Complete(SomeIpCallOutcome.NotSent);
        }

        return SomeIpCallOutcome.Answered;
    }

    private bool Send(Route route, in SomeIpHeader header, ReadOnlySpan<byte> payload)
    {
        if (!_protected.TryGetValue(header.MethodId, out var message))
        {
            return SendAsIs(route, header, payload);
        }

        // Until the bytes have left, so that counters reach the server in order; and none for a message that cannot be sent.
        lock (message)
        {
            var size = message.HeaderBytes + payload.Length;
            var fits = Options.Transport == SomeIpTransport.Tcp
                ? TcpConnection.Fits(size, _node.Runtime) : _node.ClientUdp.Fits(size, _tpMethods.Contains(header.MethodId));
            return fits && message.TryMake(header, payload) && SendAsIs(route, message.Header, message.Payload);
        }
    }

    private bool SendAsIs(Route route, in SomeIpHeader header, ReadOnlySpan<byte> payload) => Options.Transport == SomeIpTransport.Tcp
        ? route.Tcp!.Send(header, payload)
        : _node.ClientUdp.Send(route.UdpAddress!, header, payload, _tpMethods.Contains(header.MethodId));

    private SomeIpHeader Header(Route route, ushort methodId, ReadOnlySpan<byte> payload, ushort session, SomeIpMessageType type) =>
        SomeIpHeader.For(Options.ServiceId, methodId, payload.Length, _node.Options.ClientId, session, route.Service.MajorVersion, type);

    /// <summary>Where the service is reached.</summary>
    internal sealed class Route(RemoteService service, TcpConnection? tcp)
    {
        internal RemoteService Service { get; } = service;

        internal SocketAddress? UdpAddress { get; } = service.Udp?.Serialize();

        internal EndpointKey UdpKey { get; } = service.Udp is null ? default : EndpointKey.From(service.Udp);

        internal TcpConnection? Tcp { get; } = tcp;
    }

    private sealed record Cancellable(PendingCalls Calls, PendingCall Call)
    {
        private readonly ushort _session = Call.SessionId;

        internal void Cancel(CancellationToken token)
        {
            if (Call.SessionId == _session && Calls.TryTake(Call))
            {
                Call.Cancel(token);
            }
        }
    }
}
