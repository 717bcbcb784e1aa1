namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>Something for sale. Amounts are minor units without tax.</summary>
internal sealed record ProductEntry
{
    /// <summary>Item id of the checkout and variant id of the feed.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string NameZh { get; init; }

    public required string Description { get; init; }

    public required string DescriptionZh { get; init; }

    /// <summary>What it is: dish, drink, room, attraction, movie, event, goods, parking, toll, bill.</summary>
    public required string Type { get; init; }

    /// <summary>Price of one (one night of a room), without tax.</summary>
    public required long Price { get; init; }

    /// <summary>Tax in basis points of the price, 0 to 5000.</summary>
    public required int TaxBasisPoints { get; init; }

    /// <summary>Pieces in all; for rooms and tickets, pieces for each day.</summary>
    public required int Stock { get; init; }

    /// <summary>Dishes only, 0 to 240.</summary>
    public int? PreparationMinutes { get; init; }

    /// <summary>vegetarian, vegan, halal, kosher, gluten_free.</summary>
    public IReadOnlyList<string> Diets { get; init; } = [];

    /// <summary>A person has to show their age: the session needs escalation.</summary>
    public bool AgeRestricted { get; init; }

    /// <summary>Always needs issuer authentication, whatever the amount.</summary>
    public bool RequiresAuthentication { get; init; }

    /// <summary>Most in one order, 1 to 100.</summary>
    public int MaxQuantity { get; init; } = 20;

    /// <summary>Rooms only: people that one room takes.</summary>
    public int? Sleeps { get; init; }

    /// <summary>Tickets only: each admits one person.</summary>
    public bool PerPerson { get; init; }

    /// <summary>Tickets only, HH:mm local: begins then; absent: admits the whole day.</summary>
    public string? StartsAt { get; init; }

    /// <summary>Tickets only: taken back until so many hours before the visit begins; absent: never. 0 to 720.</summary>
    public int? CancelHoursBefore { get; init; }

    /// <summary>Bills only: what the bill is for.</summary>
    public string? Reference { get; init; }
}
