using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

internal sealed partial class SdEngine
{
    internal void Offer(OfferedService service, TimeSpan now)
    {
        _offered.Add(service);
        service.Phases.Start(InitialDue(now));
        Advance(now);
    }

    /// <summary>Nothing is sent when nothing was offered yet.</summary>
    internal void StopOffer(OfferedService service, TimeSpan now)
    {
        _offered.Remove(service);
        if (service.Phases.Phase is SdPhase.Repetition or SdPhase.Main)
        {
            _outbox.Add(null, OfferEntry(service, ttl: 0), service.Options);
        }

        service.Phases.Stop();
        foreach (var group in service.Eventgroups.Values.Where(static group => group.Subscribers.Count > 0))
        {
            group.Subscribers.Clear();
            _subscribersChanged.Add(service);
        }

        _delayed.RemoveAll(answer => answer.Offer == service);
        Advance(now);
    }

    /// <summary>A connection that subscriptions need is gone.</summary>
    internal void TcpClosed(IPEndPoint client)
    {
        RemoveSubscribers(subscriber => client.Equals(subscriber.Tcp));
        Flush();
    }

    private static SdEntry OfferEntry(OfferedService service, uint ttl) =>
        SdEntry.ForService(SdEntryType.Offer, service.ServiceId, service.InstanceId, service.MajorVersion, service.MinorVersion, ttl);

    private void OnFind(in SdEntry find, in Incoming context)
    {
        foreach (var service in _offered)
        {
            // Before the main phase the next offer to all is near; the specification leaves the answer free there.
            if (service.Phases.Phase != SdPhase.Main || !service.Matches(find))
            {
                continue;
            }

            var answer = new DelayedAnswer(context.Now + context.Delay, AnswersByMulticast(service, context) ? null : context.Peer, service);
            if (context.Delay == TimeSpan.Zero)
            {
                Answer(answer, context.Now);
            }
            else
            {
                Delay(answer);
            }
        }
    }

    private bool AnswersByMulticast(OfferedService service, in Incoming context)
    {
        var halfCycle = _timings.CyclicOfferDelay / 2;
        return !context.Flags.HasFlag(SdHeaderBits.Unicast) ||
            (halfCycle > TimeSpan.Zero && context.Now - service.Phases.LastSent >= halfCycle);
    }

    private void SendOffer(OfferedService service, IPEndPoint? peer, TimeSpan now)
    {
        _outbox.Add(peer, OfferEntry(service, _timings.OfferTtl), service.Options);
        if (peer is null)
        {
            service.Phases.Sent(now);
        }
    }

    private void OnSubscribe(in SdItem item, SomeIpFault fault, in Incoming context, bool isSecondLook = false)
    {
        var entry = item.Entry;
        var service = _offered.Find(offered =>
            offered.Phases.Phase != SdPhase.Down && offered.ServiceId == entry.ServiceId && offered.InstanceId == entry.InstanceId &&
            offered.MajorVersion == entry.MajorVersion);
        OfferedEventgroup? group = null;
        service?.Eventgroups.TryGetValue(entry.EventgroupId, out group);
        var subscriber = new Subscriber
        {
            Peer = context.Peer,
            Counter = entry.Counter,
            Udp = item.UdpEndpoint?.Endpoint,
            Tcp = item.TcpEndpoint?.Endpoint,
            ExpiresAt = Expiry(context.Now, entry.Ttl),
        };
        if (entry.Ttl == 0)
        {
            var peer = context.Peer;
            _delayed.RemoveAll(answer => answer.Subscribe is { } waiting && peer.Equals(answer.Peer) && waiting.Entry with { Ttl = 0 } == entry);
            if (fault != SomeIpFault.None)
            {
                _counters.Add(fault);
            }

            if (group is not null && group.Subscribers.RemoveAll(other => other.Peer.Equals(subscriber.Peer) && other.Counter == subscriber.Counter) > 0)
            {
                _subscribersChanged.Add(service!);
            }

            return;
        }

        fault = fault == SomeIpFault.None ? CheckSubscription(service, group, subscriber) : fault;
        if (fault == SomeIpFault.SdTcpMissing && !isSecondLook)
        {
            // For the client a connection is there before our side has taken it.
            Delay(new DelayedAnswer(context.Now + _timings.ResponseDelayMax, context.Peer, Subscribe: item, Flags: context.Flags));
            return;
        }

        if (fault != SomeIpFault.None)
        {
            _counters.Add(fault);
            _outbox.Add(context.Peer, entry with { Ttl = 0 }, type: SdEntryType.SubscribeAck, []);
            return;
        }

        var known = group!.Subscribers.FindIndex(subscriber.IsSame);
        _outbox.Add(context.Peer, entry, type: SdEntryType.SubscribeAck, group.Multicast is null ? [] : [SdEndpointOption.Multicast(group.Multicast)]);
        if (known >= 0)
        {
            group.Subscribers[known].ExpiresAt = subscriber.ExpiresAt;
            subscriber = group.Subscribers[known];
        }
        else
        {
            // Another endpoint under the same counter takes the place of the old one.
            group.Subscribers.RemoveAll(other => other.Peer.Equals(subscriber.Peer) && other.Counter == subscriber.Counter);
            group.Subscribers.Add(subscriber);
            _subscribersChanged.Add(service!);
        }

        if (context.Flags.HasFlag(SdHeaderBits.ExplicitInitialData) ? entry.InitialDataRequested : known < 0)
        {
            _initial.Add((service!, group, subscriber));
        }
    }

    private SomeIpFault CheckSubscription(OfferedService? service, OfferedEventgroup? group, Subscriber subscriber)
    {
        if (service is null || group is null)
        {
            return SomeIpFault.SdUnknownEventgroup;
        }

        if ((group.NeedsUdp && subscriber.Udp is null) || (group.NeedsTcp && subscriber.Tcp is null))
        {
            return SomeIpFault.SdEndpointMissing;
        }

        if (group.NeedsTcp && !_host.IsTcpConnected(service, subscriber.Tcp!))
        {
            return SomeIpFault.SdTcpMissing;
        }

        var others = group.Subscribers.Count(other => !other.Peer.Equals(subscriber.Peer) || other.Counter != subscriber.Counter);
        return others >= _options.Limits.MaxSubscribers ? SomeIpFault.SdSubscribersFull : SomeIpFault.None;
    }

    private void ExpireSubscribers(TimeSpan now) => RemoveSubscribers(subscriber => subscriber.ExpiresAt <= now);

    private void RemoveSubscribers(Predicate<Subscriber> which)
    {
        foreach (var service in _offered)
        {
            foreach (var group in service.Eventgroups.Values)
            {
                if (group.Subscribers.RemoveAll(which) > 0)
                {
                    _subscribersChanged.Add(service);
                }
            }
        }
    }
}
