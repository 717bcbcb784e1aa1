using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>A local client's wish for an eventgroup.</summary>
internal sealed class ClientSubscription(RequiredService service, ushort eventgroupId)
{
    internal RequiredService Service { get; } = service;

    internal ushort EventgroupId { get; } = eventgroupId;

    /// <summary>Tells subscriptions of one client to one eventgroup apart, 0 to 15.</summary>
    internal byte Counter { get; init; }

    internal SubscriptionState State { get; set; }

    /// <summary>The last subscribe followed a multicast offer and waits for its answer.</summary>
    internal bool AwaitsAnswer { get; set; }

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
        SentOptions = [];
    }
}
