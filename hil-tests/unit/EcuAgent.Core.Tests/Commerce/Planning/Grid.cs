using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Commerce.Planning;

/// <summary>A country with one road: places are numbers on a line, a unit is one kilometre and one minute.</summary>
internal static class Grid
{
    // A Monday.
    public static DateTimeOffset Start { get; } = Shop.At("2026-03-02T16:00", 1);

    public static GeoPoint At(double kilometre) => new(0, kilometre / 10);

    public static ErrandTrip Trip(double destination, params Errand[] errands) =>
        new() { Start = At(0), StartAt = Start, Destination = At(destination), Errands = errands };

    public static Errand Errand(string id, params ErrandCandidate[] candidates) => new(id, candidates);

    public static Errand Brought(string id, params ErrandCandidate[] candidates) => new(id, candidates, ErrandPlace.Destination);

    public static ErrandCandidate Place(string id, double kilometre, OpeningHours? hours = null, int serviceMin = 0, int? readyMin = null) => new()
    {
        Id = id,
        Position = At(kilometre),
        Hours = hours,
        Service = TimeSpan.FromMinutes(serviceMin),
        ReadyAt = readyMin is { } minutes ? Start.AddMinutes(minutes) : null,
    };

    public static Travel? Road(GeoPoint from, GeoPoint to)
    {
        var kilometres = Math.Round(Math.Abs(to.LongitudeDeg - from.LongitudeDeg) * 10, 6);
        return new Travel(kilometres * 1000, TimeSpan.FromMinutes(kilometres));
    }

    public static ErrandPlanResult Plan(ErrandTrip trip, ErrandPlannerOptions? options = null) =>
        new ErrandPlanner(options ?? new ErrandPlannerOptions(), Road).Plan(trip);

    /// <summary>Minutes since the start.</summary>
    public static double Minutes(DateTimeOffset instant) => (instant - Start).TotalMinutes;

    /// <summary>The stops as <c>parcel@shop 3-5</c>: arrival and departure in minutes.</summary>
    public static string Text(ErrandPlan plan) => string.Join(
        ", ", plan.Stops.Select(stop => FormattableString.Invariant($"{stop.ErrandId}@{stop.CandidateId} {Minutes(stop.ArriveAt)}-{Minutes(stop.DepartAt)}")));

    /// <summary>Everything that a result says, to compare two of them.</summary>
    public static string All(ErrandPlanResult result) => result.Plan is { } plan ? All(plan) : All(result.Refusal!);

    private static string All(ErrandRefusal refusal) =>
        $"{refusal.Reason} {refusal.ErrandId} [{string.Join(',', refusal.LeftOut)}]\n{(refusal.Instead is { } instead ? All(instead) : "")}";

    private static string All(ErrandPlan plan) => FormattableString.Invariant(
        $"{Text(plan)} | {string.Join(',', plan.Handovers.Select(order => $"{order.ErrandId}@{order.CandidateId} {order.At:O} {string.Join(';', order.Reasons)}"))} | {plan.ArriveAt:O} {plan.DistanceM} {plan.ExtraM} {plan.Extra} {string.Join(';', plan.Reasons)} | {string.Join('/', plan.Stops.Select(stop => $"{stop.Wait} {stop.DetourM} {stop.Detour} {string.Join(';', stop.Reasons)}"))}");
}
