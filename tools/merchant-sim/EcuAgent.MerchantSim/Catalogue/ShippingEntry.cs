namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>A way to send parcels.</summary>
internal sealed record ShippingEntry
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string TitleZh { get; init; }

    public required string Carrier { get; init; }

    public required long Fee { get; init; }

    /// <summary>Hours from the order to the carrier; until then it can be taken back. 0 to 240.</summary>
    public required int HandlingHours { get; init; }

    /// <summary>Days on the way at least, 1 to 60.</summary>
    public required int DaysMinimum { get; init; }

    /// <summary>Days on the way at most, not less than <see cref="DaysMinimum"/>.</summary>
    public required int DaysMaximum { get; init; }

    /// <summary>Where it passes through.</summary>
    public required string Hub { get; init; }
}
