namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>One merchant of the catalogue. Amounts are minor units of <see cref="Currency"/>; rates are basis points (1/10000).</summary>
internal sealed record MerchantEntry
{
    /// <summary>Base path and merchant id towards the payment provider: lower case letters, digits, hyphens, 2 to 40.</summary>
    public required string Id { get; init; }

    public required MerchantKind Kind { get; init; }

    public required string Name { get; init; }

    public required string NameZh { get; init; }

    /// <summary>ISO 4217, three lower case letters.</summary>
    public required string Currency { get; init; }

    /// <summary>IANA name; opening hours, check-in and visits are in this zone.</summary>
    public required string TimeZone { get; init; }

    public required AddressEntry Address { get; init; }

    public required string Phone { get; init; }

    /// <summary>0 to 5.</summary>
    public required double Rating { get; init; }

    /// <summary>True when its place in a list is paid for; told in the feed.</summary>
    public bool Sponsored { get; init; }

    /// <summary>Day name (monday .. sunday) to spans "HH:mm-HH:mm"; a day that is not there is closed.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> OpeningHours { get; init; }

    /// <summary>A total above this needs issuer authentication; absent: none does.</summary>
    public long? AuthenticationAbove { get; init; }

    /// <summary>Added once to each order.</summary>
    public long ServiceFee { get; init; }

    /// <summary>Restaurants only.</summary>
    public KitchenEntry? Kitchen { get; init; }

    /// <summary>Hotels only.</summary>
    public StayEntry? Stay { get; init; }

    /// <summary>Parcel shops only, at least one.</summary>
    public IReadOnlyList<ShippingEntry>? Shipping { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<ProductEntry> Products { get; init; }
}
