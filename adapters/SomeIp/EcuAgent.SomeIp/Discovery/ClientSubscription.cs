using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>A local client's wish for an eventgroup.</summary>
internal sealed class ClientSubscription(RequiredService service, ushort eventgroupId)
{
    private long _heardAt;
    private int _silences;

    internal RequiredService Service { get; } = service;

    internal ushort EventgroupId { get; } = eventgroupId;

    /// <summary>Tells subscriptions of one client to one eventgroup apart, 0 to 15.</summary>
    internal byte Counter { get; init; }

    internal SubscriptionState State { get; set; }

    /// <summary>The last subscribe followed a multicast offer and waits for its answer.</summary>
    internal bool AwaitsAnswer { get; set; }

    /// <summary>Longest time without an event; null: any.</summary>
    internal TimeSpan? SilenceLimit { get; init; }

    /// <summary>When the silence is looked at next; the last event may have come meanwhile.</summary>
    internal TimeSpan SilenceDue { get; set; } = TimeSpan.MaxValue;

    /// <summary>When an event came last; set by the threads that receive.</summary>
    internal TimeSpan HeardAt
    {
        get => new(Volatile.Read(ref _heardAt));
        set => Volatile.Write(ref _heardAt, value.Ticks);
    }

    /// <summary>How often it was made anew for want of events.</summary>
    internal int Silences { get => Volatile.Read(ref _silences); set => Volatile.Write(ref _silences, value); }

    internal TimeSpan SentAt { get; set; }

    internal TimeSpan ExpiresAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>The options sent, for the stop entry.</summary>
    internal IReadOnlyList<SdOption> SentOptions { get; set; } = [];

    internal bool NeededTcp => SentOptions.OfType<SdEndpointOption>().Any(static option => option.Transport == SdTransport.Tcp);

    internal void Reset()
    {
        State = SubscriptionState.Waiting;
        AwaitsAnswer = false;
        ExpiresAt = TimeSpan.MaxValue;
        SilenceDue = TimeSpan.MaxValue;
        SentOptions = [];
    }
}
