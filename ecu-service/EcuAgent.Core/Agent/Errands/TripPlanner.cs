using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>Plans errands from where the car is now to where it goes, with what is known of route and range.</summary>
internal sealed class TripPlanner(AgentServices services, AgentOptions options, TripForecast forecast, RouteStops stops)
{
    /// <summary>The plan or the refusal; without one the reason says what is not known.</summary>
    /// <param name="errands">What is to be done.</param>
    /// <param name="saved">Where the trip ends when no route is followed; null when not known.</param>
    /// <param name="added">Stops of the plan that are on the route and still ahead.</param>
    public (ErrandPlanResult? Result, string Reason) Plan(IReadOnlyList<OpenErrand> errands, GeoPoint? saved, IReadOnlyList<AddedStop> added)
    {
        if (forecast.Car is not { } car)
        {
            return (null, AgentReasons.PositionUnknown);
        }

        if ((forecast.Destination ?? saved) is not { } destination)
        {
            return (null, AgentReasons.DestinationUnknown);
        }

        var ahead = stops.Ahead(added);
        var planner = new ErrandPlanner(options.Errands, forecast.Roads.Between);
        var result = planner.Plan(new ErrandTrip
        {
            Start = car,
            StartAt = services.Time.GetUtcNow() + ahead.Time,
            Destination = destination,
            RangeM = forecast.RangeM - ahead.Metres,
            Errands = [.. errands.Select(errand => errand.ToPlan())],
        });
        return (result, CommerceReasons.Done);
    }

    /// <summary>When an errand is done in a plan; null when it is not in it.</summary>
    public DateTimeOffset? ArrivalIn(ErrandPlan plan, OpenErrand errand, GeoPoint? saved)
    {
        if (plan.Stops.FirstOrDefault(stop => stop.ErrandId == errand.Id) is { } stop)
        {
            return stop.ArriveAt;
        }

        var at = plan.Handovers.FirstOrDefault(handover => handover.ErrandId == errand.Id)?.At;

        // Brought home while the trip goes elsewhere: the way home comes on top.
        return errand.BroughtTo is { } home && (forecast.Destination ?? saved) is { } destination && !TripForecast.AreSame(destination, home)
            ? at + forecast.Roads.Between(destination, home)?.Duration
            : at;
    }

    /// <summary>Tells anew at any time when an errand will be done, with the places that were chosen.</summary>
    public Func<DateTimeOffset?> ArrivalOf(OpenErrand errand, OpenPlan plan)
    {
        IReadOnlyList<OpenErrand> pinned = [errand.Pinned, .. plan.Waiting.Select(other => other.Pinned)];
        var saved = plan.Saved?.Position;
        return () => Plan(pinned, saved, plan.Added).Result is { } result && (result.Plan ?? result.Refusal?.Instead) is { } way ? ArrivalIn(way, errand, saved) : null;
    }
}
