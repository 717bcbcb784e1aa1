namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>How a hotel works.</summary>
internal sealed record StayEntry
{
    /// <summary>HH:mm local: rooms are ready from then.</summary>
    public required string CheckInFrom { get; init; }

    /// <summary>Per person and night.</summary>
    public required long CityTax { get; init; }

    /// <summary>Added to the room price of a night that begins on a Friday or Saturday, in basis points. 0 to 10000.</summary>
    public required int WeekendSurchargeBasisPoints { get; init; }
}
