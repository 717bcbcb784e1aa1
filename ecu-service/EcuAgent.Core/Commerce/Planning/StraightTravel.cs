using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>
/// The stand-in for a road network: the straight line over the globe times a detour factor, at an assumed speed. Knows no water, border or
/// traffic; what the navigation ECU says is better wherever it can be had.
/// </summary>
public sealed class StraightTravel
{
    private const double MetresPerKilometre = 1000;

    private readonly double _detourFactor;
    private readonly double _speedKph;

    /// <summary>Makes an estimator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options are out of range.</exception>
    public StraightTravel(StraightTravelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _detourFactor = options.DetourFactor;
        _speedKph = options.SpeedKph;
    }

    /// <summary>The guessed way; null when a position is NaN or out of range.</summary>
    public Travel? Between(GeoPoint from, GeoPoint to) => GreatCircle.MetresBetween(from, to) is { } metres
        ? new Travel(metres * _detourFactor, TimeSpan.FromHours(metres * _detourFactor / MetresPerKilometre / _speedKph))
        : null;
}
