using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>
/// Service discovery of one node as a function of what arrives and of the time given with each call. Knows no socket and no clock. Not thread-safe.
/// </summary>
internal sealed partial class SdEngine
{
    private readonly SdEngineOptions _options;
    private readonly SdTimings _timings;
    private readonly Random _random;
    private readonly ISdHost _host;
    private readonly SomeIpCounters _counters;
    private readonly PeerSessions _sessions;
    private readonly SdOutbox _outbox;
    private readonly List<OfferedService> _offered = [];
    private readonly List<RequiredService> _required = [];
    private readonly List<RemoteService> _remote = [];
    private readonly List<DelayedAnswer> _delayed = [];
    private readonly HashSet<OfferedService> _subscribersChanged = [];
    private readonly List<(OfferedService Service, OfferedEventgroup Group, Subscriber Subscriber)> _initial = [];
    private TimeSpan _initialDue = TimeSpan.MinValue;

    internal SdEngine(SdEngineOptions options, Random random, ISdHost host, SomeIpCounters counters)
    {
        _options = options;
        _timings = options.Timings;
        _random = random;
        _host = host;
        _counters = counters;
        _sessions = new PeerSessions(options.Limits);
        _outbox = new SdOutbox(_sessions, host);
    }

    internal IReadOnlyList<RemoteService> RemoteServices => _remote;

    /// <summary>When <see cref="Advance"/> is to be called next; the maximum when nothing waits.</summary>
    internal TimeSpan NextDue
    {
        get
        {
            var due = TimeSpan.MaxValue;
            foreach (var service in _offered)
            {
                due = Min(due, service.Phases.Due);
                foreach (var group in service.Eventgroups.Values)
                {
                    foreach (var subscriber in group.Subscribers)
                    {
                        due = Min(due, subscriber.ExpiresAt);
                    }
                }
            }

            foreach (var required in _required)
            {
                due = Min(due, required.Find.Due);
                foreach (var subscription in required.Subscriptions)
                {
                    due = Min(due, Min(subscription.ExpiresAt, subscription.SilenceDue));
                }
            }

            foreach (var service in _remote)
            {
                due = Min(due, service.ExpiresAt);
            }

            foreach (var answer in _delayed)
            {
                due = Min(due, answer.Due);
            }

            return due;
        }
    }

    /// <summary>All that is due by <paramref name="now"/>.</summary>
    internal void Advance(TimeSpan now)
    {
        ExpireRemote(now);
        ExpireSubscriptions(now);
        RenewSilent(now);
        ExpireSubscribers(now);
        foreach (var service in _offered)
        {
            if (service.Phases.Advance(now))
            {
                _outbox.Add(null, OfferEntry(service, _timings.OfferTtl), service.Options);
            }
        }

        foreach (var required in _required)
        {
            if (required.Find.Advance(now))
            {
                _outbox.Add(null, SdEntry.ForService(SdEntryType.Find, required.ServiceId, required.InstanceId, required.MajorVersion, required.MinorVersion, _timings.FindTtl), []);
            }
        }

        for (var i = 0; i < _delayed.Count; i++)
        {
            if (_delayed[i].Due <= now)
            {
                var answer = _delayed[i];
                _delayed.RemoveAt(i--);
                Answer(answer, now);
            }
        }

        Flush();
    }

    /// <summary>One SD message: the header was read, the payload was not.</summary>
    internal void Receive(in SomeIpHeader header, ReadOnlySpan<byte> payload, IPEndPoint source, bool multicast, TimeSpan now)
    {
        if (source.Equals(_options.Own))
        {
            return;
        }

        Advance(now);
        var fault = SdMessage.CheckHeader(header);
        SdMessage? message = null;
        if (fault == SomeIpFault.None)
        {
            fault = SdMessage.TryRead(payload, out message);
        }

        if (message is null)
        {
            _counters.Add(fault);
            return;
        }

        foreach (var optionFault in message.OptionFaults)
        {
            _counters.Add(optionFault);
        }

        var peer = message.SdEndpoint is { } endpoint && IsInSubnet(endpoint.Endpoint.Address) ? endpoint.Endpoint : source;
        if (!_sessions.TryTrack(peer, multicast, message.Flags.HasFlag(SdHeaderBits.Reboot), header.SessionId, now, out var rebooted))
        {
            _counters.Add(SomeIpFault.SdPeersFull);
            return;
        }

        if (rebooted)
        {
            Forget(peer, now);
        }

        var context = new Incoming(peer, multicast, message.Flags, now, ResponseDelay(multicast));
        foreach (var item in message.Items)
        {
            Process(item, context);
        }

        Flush();
    }

    /// <summary>Says good-bye for all services and subscriptions.</summary>
    internal void Shutdown(TimeSpan now)
    {
        foreach (var service in _offered.ToArray())
        {
            StopOffer(service, now);
        }

        foreach (var required in _required.ToArray())
        {
            Release(required);
        }
    }

    private void Process(in SdItem item, in Incoming context)
    {
        var fault = item.Fault;
        if (fault == SomeIpFault.None && item.Options.OfType<SdEndpointOption>().Any(option => option.IsUnicast && !IsInSubnet(option.Endpoint.Address)))
        {
            fault = SomeIpFault.SdEndpointAddress;
        }

        if (item.Entry.IsEventgroupEntry && context.Multicast)
        {
            fault = SomeIpFault.SdNotByMulticast;
        }

        switch (item.Entry.Type)
        {
            case SdEntryType.Find when fault == SomeIpFault.None:
                OnFind(item.Entry, context);
                break;
            case SdEntryType.Offer when fault == SomeIpFault.None:
                OnOffer(item, context);
                break;
            case SdEntryType.Subscribe when fault != SomeIpFault.SdNotByMulticast:
                OnSubscribe(item, fault, context);
                break;
            case SdEntryType.SubscribeAck when fault == SomeIpFault.None:
                OnSubscribeAck(item, context);
                break;
            default:
                _counters.Add(fault);
                break;
        }
    }

    private void Forget(IPEndPoint peer, TimeSpan now)
    {
        _host.Rebooted(peer);
        foreach (var service in _remote.Where(service => service.Peer.Equals(peer)).ToArray())
        {
            Remove(service, ServiceDownReason.Rebooted, now);
        }

        RemoveSubscribers(subscriber => subscriber.Peer.Equals(peer));
        _delayed.RemoveAll(answer => peer.Equals(answer.Peer));
    }

    private void Flush()
    {
        foreach (var service in _subscribersChanged)
        {
            _host.SubscribersChanged(service);
        }

        _subscribersChanged.Clear();
        _outbox.Flush();
        foreach (var (service, group, subscriber) in _initial)
        {
            _host.SendInitial(service, group, subscriber);
        }

        _initial.Clear();
    }

    private void Delay(DelayedAnswer answer)
    {
        if (_delayed.Any(other => other.Is(answer)))
        {
            return;
        }

        if (_delayed.Count >= _options.Limits.MaxDelayedAnswers)
        {
            _counters.Add(SomeIpFault.SdAnswersFull);
            return;
        }

        _delayed.Add(answer);
    }

    private void Answer(in DelayedAnswer answer, TimeSpan now)
    {
        if (answer.Subscribe is { } item)
        {
            OnSubscribe(item, SomeIpFault.None, new Incoming(answer.Peer!, false, answer.Flags, now, TimeSpan.Zero), isSecondLook: true);
        }
        else if (answer.Subscriptions is { } required)
        {
            SubscribeAll(required, byMulticast: true, now);
        }
        else if (answer.Offer is { Phases.Phase: not SdPhase.Down } service)
        {
            SendOffer(service, answer.Peer, now);
        }
    }

    /// <summary>Zero for unicast; else random, once for all entries of a message so that their answers travel together.</summary>
    private TimeSpan ResponseDelay(bool multicast) => multicast ? Between(_timings.ResponseDelayMin, _timings.ResponseDelayMax) : TimeSpan.Zero;

    /// <summary>Services that start together share one random delay, so that their entries travel together.</summary>
    private TimeSpan InitialDue(TimeSpan now)
    {
        if (_initialDue < now + _timings.InitialDelayMin || _initialDue > now + _timings.InitialDelayMax)
        {
            _initialDue = now + Between(_timings.InitialDelayMin, _timings.InitialDelayMax);
        }

        return _initialDue;
    }

    private TimeSpan Between(TimeSpan least, TimeSpan greatest) => least + ((greatest - least) * _random.NextDouble());

    private bool IsInSubnet(IPAddress address)
    {
        if (_options.SubnetPrefixLength == 0)
        {
            return true;
        }

        var own = _options.Own.Address;
        if (own.AddressFamily != address.AddressFamily)
        {
            return false;
        }

        Span<byte> ours = stackalloc byte[16];
        Span<byte> theirs = stackalloc byte[16];
        own.TryWriteBytes(ours, out _);
        address.TryWriteBytes(theirs, out _);
        for (var bit = 0; bit < _options.SubnetPrefixLength; bit++)
        {
            if (((ours[bit / 8] ^ theirs[bit / 8]) & (0x80 >> (bit % 8))) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static TimeSpan Expiry(TimeSpan now, uint ttl) => ttl == SdEntry.TtlUntilReboot ? TimeSpan.MaxValue : now + TimeSpan.FromSeconds(ttl);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private readonly record struct Incoming(IPEndPoint Peer, bool Multicast, SdHeaderBits Flags, TimeSpan Now, TimeSpan Delay);

    /// <summary>One of an offer, our subscriptions, or a subscription of the peer that is looked at once more.</summary>
    private readonly record struct DelayedAnswer(
        TimeSpan Due, IPEndPoint? Peer, OfferedService? Offer = null, RequiredService? Subscriptions = null, SdItem? Subscribe = null, SdHeaderBits Flags = default)
    {
        internal bool Is(DelayedAnswer other) =>
            Equals(Peer, other.Peer) && Offer == other.Offer && Subscriptions == other.Subscriptions && Subscribe?.Entry == other.Subscribe?.Entry;
    }
}
