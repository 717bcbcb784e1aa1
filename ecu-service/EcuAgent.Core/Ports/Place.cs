namespace EcuAgent.Core.Ports;

/// <summary>A place on the navigation ECU's map.</summary>
public sealed record Place
{
    /// <summary>Id in that map, at most 64 characters.</summary>
    public required string PlaceId { get; init; }

    /// <summary>Name as it is spoken.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of place.</summary>
    public PlaceCategory Category { get; init; }

    /// <summary>WGS 84 position.</summary>
    public GeoPoint Position { get; init; }

    /// <summary>Distance from the car in metres; NaN when not known.</summary>
    public double DistanceM { get; init; } = double.NaN;

    /// <summary>Direction from the car in degrees clockwise from north, 0 .. 360; NaN when not known.</summary>
    public double BearingDeg { get; init; } = double.NaN;

    /// <summary>Extra way when driving there and back to the route, metres; NaN when not known.</summary>
    public double DetourM { get; init; } = double.NaN;

    /// <summary>Open now, as far as the map knows.</summary>
    public bool OpenNow { get; init; }
}
