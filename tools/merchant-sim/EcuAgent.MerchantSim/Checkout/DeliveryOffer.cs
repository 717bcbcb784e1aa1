namespace EcuAgent.MerchantSim.Checkout;

/// <summary>A way for the goods to reach the buyer, and when.</summary>
internal sealed record DeliveryOffer
{
    public required DeliveryMode Mode { get; init; }

    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required long Fee { get; init; }

    public string? Carrier { get; init; }

    /// <summary>Ready for pickup; begin of the delivery window; earliest delivery of a parcel.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Pickup until; end of the delivery window; latest delivery of a parcel.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When the kitchen hands it out; restaurants only.</summary>
    public DateTimeOffset? KitchenDone { get; init; }

    /// <summary>What stands in the way of this offer, or has to be known; counts only when it is selected.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];
}
