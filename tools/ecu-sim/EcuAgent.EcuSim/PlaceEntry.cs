namespace EcuAgent.EcuSim;

/// <summary>One place of the navigation simulator's own map, in meters from the map's origin.</summary>
internal sealed record PlaceEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string NameZh { get; init; }

    /// <summary>A category name of the wire contract in lower case, for instance "restaurant".</summary>
    public required string Category { get; init; }

    public required double EastMeters { get; init; }

    public required double NorthMeters { get; init; }

    public required bool OpenNow { get; init; }

    public required IReadOnlyList<string> Diets { get; init; }

    /// <summary>Further words that a search finds the place by, separated by spaces.</summary>
    public required string Words { get; init; }
}
