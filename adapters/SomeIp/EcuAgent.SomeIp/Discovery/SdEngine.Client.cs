using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

internal sealed partial class SdEngine
{
    internal void Require(RequiredService required, TimeSpan now)
    {
        _required.Add(required);
        if (!TryBind(required))
        {
            required.Find.Start(InitialDue(now));
        }

        Advance(now);
    }

    internal void Release(RequiredService required)
    {
        _required.Remove(required);
        foreach (var subscription in required.Subscriptions)
        {
            SendStop(subscription);
        }

        required.Subscriptions.Clear();
        required.Find.Stop();
        required.Bound = null;
        _delayed.RemoveAll(answer => answer.Subscriptions == required);
        Flush();
    }

    internal void Subscribe(ClientSubscription subscription, TimeSpan now)
    {
        subscription.Service.Subscriptions.Add(subscription);
        Subscribe(subscription, byMulticast: false, now);
        Flush();
    }

    internal void Unsubscribe(ClientSubscription subscription)
    {
        subscription.Service.Subscriptions.Remove(subscription);
        SendStop(subscription);
        Flush();
    }

    /// <summary>Endpoints that were missing are ready now.</summary>
    internal void EndpointsReady(RequiredService required, TimeSpan now)
    {
        foreach (var subscription in required.Subscriptions.Where(static subscription => subscription.State != SubscriptionState.Subscribed))
        {
            Subscribe(subscription, byMulticast: false, now);
        }

        Flush();
    }

    /// <summary>The connection to the server is gone; what went over it is subscribed anew at the next offer.</summary>
    internal void ConnectionLost(RequiredService required)
    {
        foreach (var subscription in required.Subscriptions.Where(static subscription => subscription.NeededTcp))
        {
            subscription.Reset();
            _host.SubscriptionChanged(subscription, null);
        }
    }

    private void OnOffer(in SdItem item, in Incoming context)
    {
        var entry = item.Entry;
        var known = _remote.Find(service =>
            service.ServiceId == entry.ServiceId && service.InstanceId == entry.InstanceId && service.MajorVersion == entry.MajorVersion);
        if (known is not null && !known.Peer.Equals(context.Peer))
        {
            _counters.Add(SomeIpFault.SdOfferConflict);
            return;
        }

        if (entry.Ttl == 0)
        {
            if (known is not null)
            {
                Remove(known, ServiceDownReason.Stopped, context.Now);
            }

            return;
        }

        var offer = new RemoteService
        {
            ServiceId = entry.ServiceId,
            InstanceId = entry.InstanceId,
            MajorVersion = entry.MajorVersion,
            MinorVersion = entry.MinorVersion,
            Peer = context.Peer,
            Udp = item.UdpEndpoint?.Endpoint,
            Tcp = item.TcpEndpoint?.Endpoint,
            Options = item.Options,
        };
        if (offer.Udp is null && offer.Tcp is null)
        {
            _counters.Add(SomeIpFault.SdEndpointMissing);
            return;
        }

        if (known is not null && !known.IsAtSameEndpoints(offer))
        {
            Remove(known, ServiceDownReason.Moved, context.Now);
            known = null;
        }

        if (known is null && _remote.Count >= _options.Limits.MaxRemoteServices)
        {
            _counters.Add(SomeIpFault.SdServicesFull);
            return;
        }

        if (known is null)
        {
            _remote.Add(known = offer);
        }

        known.ExpiresAt = Expiry(context.Now, entry.Ttl);
        known.ExplicitInitialData = context.Flags.HasFlag(SdHeaderBits.ExplicitInitialData);
        foreach (var required in _required)
        {
            if (required.Bound is null)
            {
                TryBind(required);
            }

            if (required.Bound == known)
            {
                Renew(required, known, context);
            }
        }
    }

    private void Renew(RequiredService required, RemoteService service, in Incoming context)
    {
        _host.Renewed(required, service);
        if (required.Subscriptions.Count == 0)
        {
            return;
        }

        if (context.Delay == TimeSpan.Zero)
        {
            _delayed.RemoveAll(answer => answer.Subscriptions == required);
            SubscribeAll(required, context.Multicast, context.Now);
        }
        else
        {
            Delay(new DelayedAnswer(context.Now + context.Delay, service.Peer, Subscriptions: required));
        }
    }

    /// <summary>Among several instances that fit: the lowest load-balancing priority, then at random by weight.</summary>
    private bool TryBind(RequiredService required)
    {
        var candidates = _remote.Where(required.Matches).Select(static service => (Service: service, Balance: Balance(service))).ToArray();
        if (candidates.Length == 0)
        {
            return false;
        }

        var best = candidates.Min(static candidate => candidate.Balance.Priority);
        var equals = candidates.Where(candidate => candidate.Balance.Priority == best).ToArray();
        var at = _random.NextDouble() * equals.Sum(static candidate => candidate.Balance.Weight + 1.0);
        var chosen = equals[^1].Service;
        foreach (var (service, balance) in equals)
        {
            at -= balance.Weight + 1.0;
            if (at < 0)
            {
                chosen = service;
                break;
            }
        }

        required.Bound = chosen;
        required.Find.Settle();
        _host.Up(required, chosen);
        return true;

        static SdLoadBalancingOption Balance(RemoteService service) =>
            service.Options.OfType<SdLoadBalancingOption>().FirstOrDefault() ?? new SdLoadBalancingOption(ushort.MaxValue, 0);
    }

    private void SubscribeAll(RequiredService required, bool byMulticast, TimeSpan now)
    {
        foreach (var subscription in required.Subscriptions)
        {
            Subscribe(subscription, byMulticast, now);
        }
    }

    private void Subscribe(ClientSubscription subscription, bool byMulticast, TimeSpan now)
    {
        if (subscription.Service.Bound is not { } service)
        {
            return;
        }

        var subscribed = subscription.State == SubscriptionState.Subscribed;
        if (subscribed && _timings.SubscribeTtl == SdEntry.TtlUntilReboot && !subscription.AwaitsAnswer)
        {
            return;
        }

        var options = new List<SdOption>();
        if (!_host.TryGetEndpoints(subscription, service, options))
        {
            return;
        }

        var unanswered = byMulticast && subscription.AwaitsAnswer;
        if (unanswered && !service.ExplicitInitialData)
        {
            // The answer, and perhaps the fields' values, were lost: stop and subscribe, side by side, make the server send them anew.
            _outbox.Add(service.Peer, SubscribeEntry(subscription, service, ttl: 0, initialData: false), subscription.SentOptions);
        }

        _outbox.Add(service.Peer, SubscribeEntry(subscription, service, _timings.SubscribeTtl, !subscribed || unanswered), options);
        subscription.SentOptions = options;
        subscription.SentAt = now;
        if (subscription is { SilenceLimit: { } limit, SilenceDue.Ticks: long.MaxValue })
        {
            subscription.SilenceDue = now + limit;
        }

        subscription.AwaitsAnswer = byMulticast;
    }

    /// <summary>
    /// Stops and makes anew what was silent for too long: a server that has forgotten the subscription, or believes that it serves it, hears of a new one
    /// and sends the fields' values.
    /// </summary>
    private void RenewSilent(TimeSpan now)
    {
        foreach (var required in _required)
        {
            foreach (var subscription in required.Subscriptions)
            {
                if (subscription.SilenceDue > now)
                {
                    continue;
                }

                var due = subscription.HeardAt + subscription.SilenceLimit!.Value;
                if (due > now)
                {
                    subscription.SilenceDue = due;
                    continue;
                }

                _counters.Add(SomeIpFault.EventsSilent);
                subscription.Silences++;
                SendStop(subscription);
                _host.SubscriptionChanged(subscription, null);
                Subscribe(subscription, byMulticast: false, now);
            }
        }
    }

    private static SdEntry SubscribeEntry(ClientSubscription subscription, RemoteService service, uint ttl, bool initialData) =>
        SdEntry.ForEventgroup(
            SdEntryType.Subscribe, service.ServiceId, service.InstanceId, service.MajorVersion, subscription.EventgroupId, ttl, subscription.Counter, initialData);

    private void SendStop(ClientSubscription subscription)
    {
        if (subscription.Service.Bound is { } service && subscription.SentOptions.Count > 0)
        {
            _outbox.Add(service.Peer, SubscribeEntry(subscription, service, ttl: 0, initialData: false), subscription.SentOptions);
        }

        subscription.Reset();
    }

    private void OnSubscribeAck(in SdItem item, in Incoming context)
    {
        var entry = item.Entry;
        var peer = context.Peer;
        var found = false;
        foreach (var required in _required)
        {
            if (required.Bound is not { } service || !service.Peer.Equals(peer) || service.ServiceId != entry.ServiceId ||
                service.InstanceId != entry.InstanceId || service.MajorVersion != entry.MajorVersion)
            {
                continue;
            }

            foreach (var subscription in required.Subscriptions)
            {
                if (subscription.EventgroupId == entry.EventgroupId && subscription.Counter == entry.Counter && subscription.SentOptions.Count > 0)
                {
                    found = true;
                    OnAnswer(subscription, item);
                }
            }
        }

        if (!found)
        {
            _counters.Add(SomeIpFault.SdUnexpectedAck);
        }
    }

    private void OnAnswer(ClientSubscription subscription, in SdItem item)
    {
        subscription.AwaitsAnswer = false;
        if (item.Entry.Ttl == 0)
        {
            subscription.Reset();
            subscription.State = SubscriptionState.Refused;
        }
        else
        {
            subscription.State = SubscriptionState.Subscribed;
            subscription.ExpiresAt = Expiry(subscription.SentAt, item.Entry.Ttl);
        }

        _host.SubscriptionChanged(subscription, item.Multicast?.Endpoint);
    }

    private void ExpireRemote(TimeSpan now)
    {
        for (var i = _remote.Count - 1; i >= 0; i--)
        {
            if (_remote[i].ExpiresAt <= now)
            {
                Remove(_remote[i], ServiceDownReason.Expired, now);
            }
        }
    }

    private void ExpireSubscriptions(TimeSpan now)
    {
        foreach (var required in _required)
        {
            foreach (var subscription in required.Subscriptions)
            {
                if (subscription.ExpiresAt <= now)
                {
                    subscription.Reset();
                    _host.SubscriptionChanged(subscription, null);
                }
            }
        }
    }

    private void Remove(RemoteService service, ServiceDownReason reason, TimeSpan now)
    {
        _remote.Remove(service);
        foreach (var required in _required.Where(required => required.Bound == service))
        {
            required.Bound = null;
            _delayed.RemoveAll(answer => answer.Subscriptions == required);
            foreach (var subscription in required.Subscriptions)
            {
                subscription.Reset();
                _host.SubscriptionChanged(subscription, null);
            }

            _host.Down(required, service, reason);
            if (!TryBind(required) && reason is ServiceDownReason.Expired or ServiceDownReason.Rebooted)
            {
                // After a stop the offer is waited for; whoever vanished or restarted is looked for.
                required.Find.Start(InitialDue(now));
            }
        }
    }
}
