using System.Buffers;
using System.Net;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Server;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>
/// A service instance of a node. Set its methods and fields, then <see cref="Start"/> it. Thread-safe; sending an event allocates nothing.
/// </summary>
public sealed class SomeIpService : IDisposable
{
    private readonly SomeIpNode _node;
    private readonly Lock _lock = new();
    private readonly Dictionary<ushort, EventTargets> _events;
    private readonly HashSet<ushort> _tpMethods;
    private readonly List<SomeIpField> _fields = [];
    private Dictionary<ushort, SomeIpMethodHandler> _methods = [];
    private Dictionary<ushort, SomeIpAsyncMethodHandler> _asyncMethods = [];

    internal SomeIpService(SomeIpNode node, SomeIpServiceDescription description, ServerPort? udp, ServerPort? tcp)
    {
        _node = node;
        Description = description;
        Udp = udp;
        Tcp = tcp;
        _events = description.Events.ToDictionary(static e => e.Id, e => new EventTargets(e, node.Runtime));
        _tpMethods = [.. description.TpMethods];
        Offered = new OfferedService(node.Options.Timings)
        {
            ServiceId = description.ServiceId,
            InstanceId = description.InstanceId,
            MajorVersion = description.MajorVersion,
            MinorVersion = description.MinorVersion,
            Options = [.. Endpoints(), .. description.Options],
        };
        foreach (var group in description.Eventgroups)
        {
            var events = group.EventIds.Select(id => _events[id].Description).ToArray();
            Offered.Eventgroups.Add(group.Id, new OfferedEventgroup(group.Id)
            {
                NeedsUdp = (group.Multicast is null || group.MulticastThreshold > 1) && events.Any(static e => e.Transport == SomeIpTransport.Udp),
                NeedsTcp = events.Any(static e => e.Transport == SomeIpTransport.Tcp),
                Multicast = group.Multicast,
            });
        }
    }

    public SomeIpServiceDescription Description { get; }

    /// <summary>Where requests over UDP arrive and events come from; null without UDP.</summary>
    public IPEndPoint? UdpEndPoint => Udp?.EndPoint;

    public IPEndPoint? TcpEndPoint => Tcp?.EndPoint;

    internal ServerPort? Udp { get; }

    internal ServerPort? Tcp { get; }

    internal OfferedService Offered { get; }

    /// <summary>Sets the handler of a method.</summary>
    public void OnMethod(ushort methodId, SomeIpMethodHandler handler)
    {
        lock (_lock)
        {
            _methods = new Dictionary<ushort, SomeIpMethodHandler>(_methods) { [methodId] = handler };
        }
    }

    /// <summary>Sets the handler of a method that takes its time.</summary>
    public void OnMethodAsync(ushort methodId, SomeIpAsyncMethodHandler handler)
    {
        lock (_lock)
        {
            _asyncMethods = new Dictionary<ushort, SomeIpAsyncMethodHandler>(_asyncMethods) { [methodId] = handler };
        }
    }

    /// <summary>Adds a field; each of getter, setter and notifier may be missing. The notifier is one of the described events.</summary>
    public SomeIpField AddField(ReadOnlySpan<byte> initial, ushort? getterId = null, ushort? setterId = null, ushort? notifierId = null, SomeIpFieldSetter? setter = null)
    {
        if (notifierId is { } id && !_events.ContainsKey(id))
        {
            throw new SomeIpException($"Service {Description.ServiceId:X4}.{Description.InstanceId:X4}: notifier {id:X4} is not described as an event.");
        }

        var field = new SomeIpField(this, notifierId, initial);
        lock (_lock)
        {
            _fields.Add(field);
        }

        if (getterId is { } getter)
        {
            OnMethod(getter, (in SomeIpRequest _, IBufferWriter<byte> response) => field.Get(response));
        }

        if (setterId is { } set)
        {
            OnMethod(set, (in SomeIpRequest request, IBufferWriter<byte> response) => SetField(field, setter, request.Payload, response));
        }

        return field;
    }

    /// <summary>Offers the service.</summary>
    public void Start() => _node.StartOffer(this);

    /// <summary>Takes the offer back; subscriptions end. It may be started again.</summary>
    public void Stop() => _node.StopOffer(this);

    /// <summary>Sends an event to its subscribers.</summary>
    /// <exception cref="ArgumentException">The event is not described.</exception>
    public SomeIpSendOutcome Notify(ushort eventId, ReadOnlySpan<byte> payload) => Notify(eventId, payload, isFieldValue: false);

    /// <summary>Whether somebody gets an event now.</summary>
    public bool HasSubscriber(ushort eventId) => _events.TryGetValue(eventId, out var targets) && targets.Udp.Length + targets.Tcp.Length > 0;

    /// <summary>Takes the offer back and the service from its ports.</summary>
    public void Dispose() => _node.Remove(this);

    internal SomeIpSendOutcome Notify(ushort eventId, ReadOnlySpan<byte> payload, bool isFieldValue)
    {
        if (!_events.TryGetValue(eventId, out var targets))
        {
            throw new ArgumentException($"Event {eventId:X4} is not described.", nameof(eventId));
        }

        return targets.Send(EventHeader(eventId, payload), payload, Udp?.UdpSocket, isFieldValue);
    }

    internal void NotifyInitial(ushort eventId, ReadOnlySpan<byte> payload, Subscriber subscriber) =>
        _events[eventId].SendInitial(
            EventHeader(eventId, payload), payload, Udp?.UdpSocket, subscriber.Udp, subscriber.Tcp is null ? null : Tcp?.Find(subscriber.Tcp));

    /// <summary>Works out anew who gets which event.</summary>
    internal void UpdateTargets()
    {
        foreach (var (id, targets) in _events)
        {
            var groups = Description.Eventgroups.Where(group => group.EventIds.Contains(id)).ToArray();
            if (targets.Description.Transport == SomeIpTransport.Tcp)
            {
                targets.Tcp = [.. groups.SelectMany(SubscribersOf).Select(s => s.Tcp is null ? null : Tcp!.Find(s.Tcp)).OfType<TcpConnection>().Distinct()];
                continue;
            }

            // A client that subscribed to several groups gets a shared event once.
            targets.Udp = [.. groups.SelectMany(UdpTargets).Distinct().Select(static endpoint => endpoint.Serialize())];
        }

    }

    /// <summary>Sends the values of the eventgroup's fields to one subscriber.</summary>
    internal void SendFields(OfferedEventgroup group, Subscriber subscriber)
    {
        var inGroup = Description.Eventgroups.First(described => described.Id == group.Id).EventIds;
        SomeIpField[] fields;
        lock (_lock)
        {
            fields = [.. _fields.Where(field => field.NotifierId is { } id && inGroup.Contains(id))];
        }

        foreach (var field in fields)
        {
            field.NotifyInitial(subscriber);
        }
    }

    /// <summary>One request that is for this service.</summary>
    internal void OnRequest(in MessageOrigin origin, in SomeIpHeader header, ReadOnlySpan<byte> payload, ArrayBufferWriter<byte> response)
    {
        if (header.InterfaceVersion != Description.MajorVersion)
        {
            _node.Refuse(origin, header, SomeIpFault.WrongInterfaceVersion, SomeIpReturnCode.WrongInterfaceVersion);
        }
        else if (_methods.TryGetValue(header.MethodId, out var handler))
        {
            response.ResetWrittenCount();
            Reply(origin, header, Run(handler, header, payload, response), response.WrittenSpan);
        }
        else if (_asyncMethods.TryGetValue(header.MethodId, out var asyncHandler))
        {
            if (_node.TryEnterMethod())
            {
                _ = RunAsync(asyncHandler, origin.Keep(), header, payload.ToArray());
            }
            else
            {
                _node.Refuse(origin, header, SomeIpFault.MethodsFull, SomeIpReturnCode.NotReady);
            }
        }
        else
        {
            _node.Refuse(origin, header, SomeIpFault.UnknownMethod, SomeIpReturnCode.UnknownMethod);
        }
    }

    private static SomeIpReturnCode SetField(SomeIpField field, SomeIpFieldSetter? setter, ReadOnlySpan<byte> wanted, IBufferWriter<byte> response)
    {
        if (setter is null)
        {
            field.Set(wanted);
            return field.Get(response);
        }

        var accepted = new ArrayBufferWriter<byte>(Math.Max(wanted.Length, 1));
        var code = setter(wanted, accepted);
        if (code != SomeIpReturnCode.Ok)
        {
            return code;
        }

        field.Set(accepted.WrittenSpan);
        return field.Get(response);
    }

    private SomeIpReturnCode Run(SomeIpMethodHandler handler, in SomeIpHeader header, ReadOnlySpan<byte> payload, ArrayBufferWriter<byte> response)
    {
        try
        {
            return handler(new SomeIpRequest(header, payload), response);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Failed(e, header);
        }
    }

    private async Task RunAsync(SomeIpAsyncMethodHandler handler, MessageOrigin origin, SomeIpHeader header, byte[] payload)
    {
        // Off the socket's thread at once, whatever the handler does before its first await.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var response = new ArrayBufferWriter<byte>();
        SomeIpReturnCode code;
        try
        {
            code = await handler(header, payload, response, _node.Stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            code = Failed(e, header);
        }
        finally
        {
            _node.LeaveMethod();
        }

        Reply(origin, header, code, response.WrittenSpan);
    }

    private SomeIpReturnCode Failed(Exception e, in SomeIpHeader header)
    {
        _node.Counters.Add(SomeIpFault.HandlerFailed);
        Log.HandlerFailed(_node.Logger, e, header.ServiceId, header.MethodId);
        return SomeIpReturnCode.NotOk;
    }

    private void Reply(in MessageOrigin origin, in SomeIpHeader request, SomeIpReturnCode code, ReadOnlySpan<byte> payload)
    {
        if (request.MessageType != SomeIpMessageType.Request)
        {
            return;
        }

        var ok = code == SomeIpReturnCode.Ok;
        payload = ok ? payload : default;
        origin.Send(
            request with
            {
                Length = (uint)(SomeIpHeader.LengthOfEmpty + payload.Length),
                MessageType = ok ? SomeIpMessageType.Response : SomeIpMessageType.Exception,
                ReturnCode = code,
            },
            payload,
            _tpMethods.Contains(request.MethodId));
    }

    private SomeIpHeader EventHeader(ushort eventId, ReadOnlySpan<byte> payload) =>
        SomeIpHeader.For(Description.ServiceId, eventId, payload.Length, 0, 0, Description.MajorVersion, SomeIpMessageType.Notification);

    private IEnumerable<SdOption> Endpoints()
    {
        if (Udp is not null)
        {
            yield return SdEndpointOption.Unicast(Udp.EndPoint, SdTransport.Udp);
        }

        if (Tcp is not null)
        {
            yield return SdEndpointOption.Unicast(Tcp.EndPoint, SdTransport.Tcp);
        }
    }

    private List<Subscriber> SubscribersOf(SomeIpEventgroupDescription group) => Offered.Eventgroups[group.Id].Subscribers;

    private IEnumerable<IPEndPoint> UdpTargets(SomeIpEventgroupDescription group)
    {
        var subscribers = SubscribersOf(group);
        return group.Multicast is not null && subscribers.Count >= group.MulticastThreshold
            ? [group.Multicast]
            : subscribers.Select(static subscriber => subscriber.Udp).OfType<IPEndPoint>();
    }
}
