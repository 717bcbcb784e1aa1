namespace EcuAgent.Core.Commerce.Planning;

/// <summary>How roads are guessed where no navigation figures are to be had.</summary>
public sealed record StraightTravelOptions
{
    /// <summary>
    /// Road metres for each metre of straight line. Towns are found at 1.2 to 1.25 (Newell 1980, O'Sullivan 1996), short ways and countries
    /// above that; somewhat too long is the safe side for range and closing times.
    /// </summary>
    /// <value>1 .. 3; default 1.3.</value>
    public double DetourFactor { get; init; } = 1.3;

    /// <summary>Mean speed, stops at lights included: too slow for a motorway, about right where shops are.</summary>
    /// <value>5 .. 130 km/h; default 40 km/h.</value>
    public double SpeedKph { get; init; } = 40;

    /// <summary>Checks every range; <see cref="StraightTravel"/> does so as well.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; it is named with its value.</exception>
    public void Validate()
    {
        Check(nameof(DetourFactor), DetourFactor, 1, 3);
        Check(nameof(SpeedKph), SpeedKph, 5, 130);
    }

    private static void Check(string name, double value, double lowest, double highest)
    {
        if (!(value >= lowest && value <= highest))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be within {lowest} to {highest}."));
        }
    }
}
