using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Registry;

/// <summary>Who buys. Personal: goes to merchants as far as an order needs it, never into a log.</summary>
internal sealed record BuyerProfile
{
    internal required string Name { get; init; }

    internal required string Email { get; init; }

    internal string? Phone { get; init; }

    internal PostalAddress? Home { get; init; }

    internal PostalAddress? Work { get; init; }

    internal PostalAddress? AddressOf(DeliveryPlace place) => place switch
    {
        DeliveryPlace.Home => Home,
        DeliveryPlace.Work => Work,
        _ => null,
    };

    /// <summary>Without the person.</summary>
    public override string ToString() => nameof(BuyerProfile);
}
