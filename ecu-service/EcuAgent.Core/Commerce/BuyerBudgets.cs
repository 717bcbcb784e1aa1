namespace EcuAgent.Core.Commerce;

/// <summary>
/// What one of something may cost by list price, in minor units by ISO 4217 currency; empty for no limit. Where there is one, a price in a currency
/// that is not listed keeps to none. New each time: settings are bound into it.
/// </summary>
public sealed record BuyerBudgets
{
    /// <summary>Food for one person, which is one portion. 1 .. 100,000,000 minor units; default none.</summary>
    public IReadOnlyDictionary<string, long> FoodPerPerson { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>A room for one night. 1 .. 100,000,000 minor units; default none.</summary>
    public IReadOnlyDictionary<string, long> HotelPerNight { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>One ticket. 1 .. 100,000,000 minor units; default none.</summary>
    public IReadOnlyDictionary<string, long> TicketEach { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);
}
