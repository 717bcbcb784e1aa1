namespace EcuAgent.Core.Ports;

/// <summary>A question to the ECU that owns the map.</summary>
public sealed record PlaceQuery
{
    /// <summary>Most results that may be asked for.</summary>
    public const int HighestMaxResults = 8;

    /// <summary>GUID in its 36-character form.</summary>
    public required string RequestId { get; init; }

    /// <summary>An answer after this instant is not wanted.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Name or words, at most 128 UTF-8 bytes; empty for any.</summary>
    public string Text { get; init; } = "";

    /// <summary>Kind of place.</summary>
    public PlaceCategory Category { get; init; }

    /// <summary>Where.</summary>
    public PlaceNear Near { get; init; }

    /// <summary>Only what is open now.</summary>
    public bool OpenNow { get; init; }

    /// <summary>Diet, such as "vegetarian"; empty for any.</summary>
    public string Diet { get; init; } = "";

    /// <summary>1 .. <see cref="HighestMaxResults"/>.</summary>
    public int MaxResults { get; init; } = HighestMaxResults;

    /// <summary>Where the car is, or null when that is not known.</summary>
    public GeoPoint? Position { get; init; }
}
