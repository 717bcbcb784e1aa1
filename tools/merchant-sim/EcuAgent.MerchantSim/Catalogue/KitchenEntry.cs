namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>How a restaurant works.</summary>
internal sealed record KitchenEntry
{
    /// <summary>Minutes between the order and the start of preparation; until then it can be taken back. 0 to 120.</summary>
    public required int StartDelayMinutes { get; init; }

    /// <summary>Minutes that a ready dish waits until it counts as fetched. 1 to 240.</summary>
    public required int PickupWaitMinutes { get; init; }

    /// <summary>Absent: the restaurant does not deliver.</summary>
    public DeliveryEntry? Delivery { get; init; }
}

/// <summary>How a restaurant delivers.</summary>
internal sealed record DeliveryEntry
{
    /// <summary>Price of the delivery.</summary>
    public required long Fee { get; init; }

    /// <summary>Minutes on the road, 1 to 180.</summary>
    public required int RoadMinutes { get; init; }

    /// <summary>Length of the window that is promised, 5 to 120.</summary>
    public required int WindowMinutes { get; init; }

    /// <summary>Least worth of the dishes.</summary>
    public required long MinimumOrder { get; init; }

    /// <summary>Postal codes served, by their beginnings.</summary>
    public required IReadOnlyList<string> PostalPrefixes { get; init; }
}
