using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>Where the car is, where it goes and when it will be somewhere, as far as fresh signals tell. Everything else is null.</summary>
internal sealed class TripForecast(AgentServices services, AgentOptions options, PlaceFinder places)
{
    // Two positions of one house: the map's and the one that the route ends at.
    private const double SamePlaceM = 300;

    private const double LongestForecastS = 7 * 86_400;
    private const double KphPerMps = 3.6;

    private static readonly StraightTravelOptions Guess = new();

    /// <summary>Where the car is.</summary>
    public GeoPoint? Car => services.Snapshot().Location.TryGet(out var location)
        ? new GeoPoint(location.LatitudeDegrees, location.LongitudeDegrees)
        : null;

    /// <summary>Where the route goes.</summary>
    public GeoPoint? Destination => Route is { } navigation
        ? new GeoPoint(navigation.DestinationLatitudeDegrees, navigation.DestinationLongitudeDegrees)
        : null;

    /// <summary>When the route ends.</summary>
    public DateTimeOffset? ArrivalAtDestination => Route is { } navigation && double.IsFinite(navigation.RemainingTimeSeconds)
        && navigation.RemainingTimeSeconds is >= 0 and < LongestForecastS
            ? services.Time.GetUtcNow() + TimeSpan.FromSeconds(navigation.RemainingTimeSeconds)
            : null;

    /// <summary>How many stops the route has; 0 without one.</summary>
    public int Stops => Route?.StopCount ?? 0;

    /// <summary>The day where the car is, by its clock and time zone.</summary>
    public DateOnly Today => LocalDay.Of(services.Time.GetUtcNow(), services.Time.LocalTimeZone);

    /// <summary>How far the car gets, metres.</summary>
    public double? RangeM => services.Snapshot().Energy.TryGet(out var energy) && double.IsFinite(energy.RangeMeters) ? energy.RangeMeters : null;

    /// <summary>
    /// Ways beside the route. What the navigation tells of the whole route, how crooked and how fast it is, is taken for the ways around it; where
    /// it tells nothing, the usual guess is.
    /// </summary>
    public StraightTravel Roads
    {
        get
        {
            if (Route is not { } route || Car is not { } car || Destination is not { } destination
                || GreatCircle.MetresBetween(car, destination) is not (> SamePlaceM and { } straightM)
                || !(double.IsFinite(route.RemainingDistanceMeters) && route.RemainingTimeSeconds is > 0 and < LongestForecastS))
            {
                return new StraightTravel(Guess);
            }

            var detour = Math.Clamp(route.RemainingDistanceMeters / straightM, 1, 3);
            return new StraightTravel(new StraightTravelOptions
            {
                DetourFactor = detour,
                SpeedKph = Math.Clamp(straightM * detour / route.RemainingTimeSeconds * KphPerMps, 5, 130),
            });
        }
    }

    private NavigationSample? Route => services.Snapshot().Navigation.TryGet(out var navigation) && navigation.RouteActive ? navigation : null;

    /// <summary>When the car could be at a place, driving there now.</summary>
    public DateTimeOffset? ArrivalAt(GeoPoint? place) => Car is { } car && place is { } there && Roads.Between(car, there) is { } way
        ? services.Time.GetUtcNow() + way.Duration
        : null;

    /// <summary>True for a day after this one.</summary>
    public bool IsLater(DateOnly? day) => day > Today;

    /// <summary>True for two positions of one place.</summary>
    public static bool AreSame(GeoPoint? one, GeoPoint? other) => GreatCircle.MetresBetween(one, other) is <= SamePlaceM;

    /// <summary>The saved home or place of work; null when the map has none or does not answer.</summary>
    public async Task<Place?> SavedAsync(bool home, CancellationToken cancellationToken)
    {
        var answer = await places.AskAsync("", home ? PlaceCategory.Home : PlaceCategory.Work, PlaceNear.Here, false, 1, cancellationToken).ConfigureAwait(false);
        return answer is { Status: PlaceStatus.Found, Places: [var place, ..] } ? place : null;
    }

    /// <summary>
    /// How to tell when the person will be where an order is handed over: looked up once, told anew whenever it is asked. Null where no time
    /// matters, and for a later day: nobody knows then when that will be.
    /// </summary>
    public async Task<Func<DateTimeOffset?>?> ArrivalOfAsync(MerchantNeed need, ToolArguments arguments, GeoPoint? merchant, CancellationToken cancellationToken)
    {
        if (IsLater(arguments.Day))
        {
            return null;
        }

        switch (need)
        {
            case MerchantNeed.Hotel:
                // One near the destination is where the route ends, one further off is a place of its own.
                return () => merchant is null || GreatCircle.MetresBetween(Destination, merchant) <= options.NearWithinM ? ArrivalAtDestination : ArrivalAt(merchant);
            case MerchantNeed.Food:
                var arrive = arguments.Text("arrive");
                if (arrive is null)
                {
                    return () => ArrivalAt(merchant);
                }

                var saved = arrive is "home" or "work" ? await SavedAsync(arrive == "home", cancellationToken).ConfigureAwait(false) : null;
                return () => ArrivalAtSaved(saved?.Position);
            default:
                return null;
        }
    }

    /// <summary>
    /// When the car is at a saved place: with the route where that ends there, after the route where that goes elsewhere, else driving there now.
    /// Without a saved place the route is taken to go there.
    /// </summary>
    public DateTimeOffset? ArrivalAtSaved(GeoPoint? saved)
    {
        if (saved is not { } place || AreSame(Destination, saved))
        {
            return ArrivalAtDestination;
        }

        return Destination is { } destination ? ArrivalAtDestination + Roads.Between(destination, place)?.Duration : ArrivalAt(saved);
    }
}
