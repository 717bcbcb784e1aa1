namespace EcuAgent.Core.Ports;

/// <summary>The answer to a <see cref="PlaceQuery"/>.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Places">Best first; empty unless <see cref="PlaceStatus.Found"/>.</param>
public sealed record PlaceAnswer(PlaceStatus Status, IReadOnlyList<Place> Places)
{
    /// <summary>The map knows none.</summary>
    public static PlaceAnswer None { get; } = new(PlaceStatus.None, []);

    /// <summary>The ECU could not answer.</summary>
    public static PlaceAnswer Failed { get; } = new(PlaceStatus.Failed, []);

    /// <summary>No answer in time.</summary>
    public static PlaceAnswer TimedOut { get; } = new(PlaceStatus.TimedOut, []);

    /// <summary>Places were found.</summary>
    public static PlaceAnswer Found(params IReadOnlyList<Place> places) => new(PlaceStatus.Found, places);
}
