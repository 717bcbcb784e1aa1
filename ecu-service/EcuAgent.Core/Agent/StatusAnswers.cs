using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Replies;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>Answers questions about the car from the snapshot. What is not known, too old or not valid is said to be so. Pure.</summary>
internal static class StatusAnswers
{
    public static string Climate(Phrases phrases, string about, VehicleSnapshot snapshot)
    {
        if (!snapshot.Climate.TryGet(out var climate))
        {
            return phrases.NotKnown(ToolNames.GetClimateStatus, about);
        }

        return about switch
        {
            "fan" => phrases.FanLevel(climate.FanLevel),
            "settings" => phrases.ClimateSettings(climate.ClimateOn, climate.TargetTemperatureCelsius.Driver, climate.FanLevel),
            "inside_temperature" => Degrees(climate.CabinTemperatureCelsius),
            "outside_temperature" => Degrees(climate.AmbientTemperatureCelsius),
            _ => Degrees(climate.TargetTemperatureCelsius.Driver),
        };

        string Degrees(double value) =>
            double.IsFinite(value) ? phrases.Temperature(about, value) : phrases.NotKnown(ToolNames.GetClimateStatus, about);
    }

    public static string Route(Phrases phrases, string about, VehicleSnapshot snapshot)
    {
        if (about == "position")
        {
            return snapshot.Location.TryGet(out var location)
                ? phrases.Position(location.LatitudeDegrees, location.LongitudeDegrees)
                : phrases.NotKnown(ToolNames.GetRouteInfo, about);
        }

        if (about == "traffic" || !snapshot.Navigation.TryGet(out var navigation))
        {
            return phrases.NotKnown(ToolNames.GetRouteInfo, about);
        }

        if (!navigation.RouteActive)
        {
            return phrases.NoRoute;
        }

        return about == "arrival" && double.IsFinite(navigation.RemainingTimeSeconds)
            ? phrases.Arrival(TimeSpan.FromSeconds(Math.Clamp(navigation.RemainingTimeSeconds, 0, 360_000)), navigation.DestinationName ?? "")
            : double.IsFinite(navigation.RemainingDistanceMeters)
                ? phrases.Remaining(navigation.RemainingDistanceMeters, navigation.DestinationName ?? "")
                : phrases.NotKnown(ToolNames.GetRouteInfo, about);
    }

    public static string Vehicle(Phrases phrases, string about, VehicleSnapshot snapshot)
    {
        var energy = snapshot.Energy.TryGet(out var known) ? known : (EnergySample?)null;
        return about switch
        {
            "speed" when snapshot.SpeedMetersPerSecond.TryGet(out var speed) => phrases.Speed(speed),
            "fuel" when energy is { } e && double.IsFinite(e.FuelLevelPercent) => phrases.Level(about, e.FuelLevelPercent),
            "battery" when energy is { } e && double.IsFinite(e.StateOfChargePercent) => phrases.Level(about, e.StateOfChargePercent),
            "range" when energy is { } e && double.IsFinite(e.RangeMeters) => phrases.Range(e.RangeMeters),
            _ => phrases.NotKnown(ToolNames.GetVehicleStatus, about),
        };
    }
}
