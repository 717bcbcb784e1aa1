namespace EcuAgent.Core.Agent.Errands;

/// <summary>Keeps account of the stops that a plan put on the route and that are still ahead.</summary>
internal sealed class RouteStops(TripForecast forecast)
{
    /// <summary>Adds the stop of an errand; nothing where the car does not stop for it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="errand">The errand.</param>
    /// <param name="isCounted">True when the navigation has reported it, false when it was commanded a moment ago.</param>
    public void Add(OpenPlan plan, OpenErrand errand, bool isCounted)
    {
        if (errand.Planned is not { } stop)
        {
            return;
        }

        var stopsThen = forecast.Stops + (isCounted ? 0 : 1);
        var stopsBefore = plan.Added.Count > 0 ? plan.Added[^1].StopsThen : 0;
        plan.Added =
        [
            .. plan.Added,
            new AddedStop(
                stop.Position, stop.DepartAt - stop.ArriveAt, stop.Detour ?? TimeSpan.Zero, stop.DetourM ?? 0, Math.Max(stopsThen, stopsBefore + 1)),
        ];
    }

    /// <summary>Takes off what the car has reached.</summary>
    public void Pass(OpenPlan plan)
    {
        var ahead = plan.Added.Where(stop => !TripForecast.AreSame(stop.Position, forecast.Car)).ToList();
        var passed = plan.Added.Count - ahead.Count;
        if (passed > 0)
        {
            plan.Added = [.. ahead.Select(stop => stop with { StopsThen = stop.StopsThen - passed })];
        }
    }

    /// <summary>
    /// What stops that are ahead take besides what the navigation tells: it counts the way over a stop once it has it, and never the time that is
    /// spent there.
    /// </summary>
    public (TimeSpan Time, double Metres) Ahead(IReadOnlyList<AddedStop> added)
    {
        var isCounted = added.Count == 0 || forecast.Stops >= added[^1].StopsThen;
        return (
            TimeSpan.FromTicks(added.Sum(stop => (stop.Takes + (isCounted ? TimeSpan.Zero : stop.Detour)).Ticks)),
            isCounted ? 0 : added.Sum(stop => stop.DetourM));
    }
}
