using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>Puts the errands of a plan in order, leaves out what cannot be done, and tells the way where it is another than was told.</summary>
internal sealed class ErrandScheduler(AgentServices services, AgentOptions options, TripPlanner planner)
{
    /// <summary>Plans all that is open anew.</summary>
    /// <param name="turn">Where it is told.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="mustTell">True to tell the way even where it is as it was told.</param>
    public void Schedule(Turn turn, OpenPlan plan, bool mustTell)
    {
        if (!plan.Open.Any(errand => errand.IsOnTheWay))
        {
            return;
        }

        var part = turn.Add("");
        var (result, reason) = planner.Plan(plan.Open, plan.Saved?.Position, plan.Added);
        if (result?.Refusal is { } refusal)
        {
            reason = refusal.Reason;
            LeaveOut(turn, part, plan, refusal);
        }

        if ((result?.Plan ?? result?.Refusal?.Instead) is { } way)
        {
            plan.NoPlanTold = "";
            Order(plan, way);
            Tell(turn, part, plan, way, mustTell);
        }
        else if (plan.NoPlanTold != reason)
        {
            plan.NoPlanTold = reason;
            part.Clauses.Add(turn.Phrases.NoPlan(reason));
        }
    }

    private static void LeaveOut(Turn turn, TurnPart part, OpenPlan plan, ErrandRefusal refusal)
    {
        foreach (var errand in plan.Waiting.Where(errand => refusal.LeftOut.Contains(errand.Id)).ToList())
        {
            plan.Waiting.Remove(errand);
            part.Clauses.Add(turn.Phrases.LeftOut(errand.Summary, refusal.Reason));
        }
    }

    private static IEnumerable<(string ErrandId, string CandidateId)> Places(ErrandPlan way) =>
        way.Stops.Select(stop => (stop.ErrandId, stop.CandidateId)).Concat(way.Handovers.Select(handover => (handover.ErrandId, handover.CandidateId)));

    private static void Order(OpenPlan plan, ErrandPlan way) => plan.Waiting =
    [
        .. Places(way).SelectMany(place => plan.Waiting
            .Where(errand => errand.Id == place.ErrandId)
            .Select(errand => errand with
            {
                Chosen = errand.Options.First(option => option.Candidate.Id == place.CandidateId),
                Planned = way.Stops.FirstOrDefault(stop => stop.ErrandId == errand.Id),
            })),
    ];

    private static bool IsOtherThan(SpokenPlan? told, SpokenPlan plan, TimeSpan shift) => told is null
        || !told.Items.Select(item => item.Name).SequenceEqual(plan.Items.Select(item => item.Name), StringComparer.Ordinal)
        || (told.ArriveAt - plan.ArriveAt).Duration() > shift;

    private void Tell(Turn turn, TurnPart part, OpenPlan plan, ErrandPlan way, bool mustTell)
    {
        var items = Places(way)
            .Select(place => plan.Open.First(errand => errand.Id == place.ErrandId))
            .Where(errand => errand.IsOnTheWay)
            .Select(errand => new SpokenPlanItem(
                errand.Chosen.Name,
                planner.ArrivalIn(way, errand, plan.Saved?.Position) ?? way.ArriveAt,
                errand.IsBrought,
                errand.Chosen.Offer?.IsSponsored == true))
            .ToList();
        var most = MostTold(plan.Zone);
        var spoken = new SpokenPlan(
            [.. items.Take(most)],
            Math.Max(0, items.Count - most),
            way.ArriveAt,
            way.Extra,
            way.Reasons.Any(reason => reason.Code == WhyCodes.RangeUnknown),
            plan.Told is not null);
        if (items.Count > 0 && (mustTell || IsOtherThan(plan.Told, spoken, options.ArrivalShift)))
        {
            part.Clauses.Add(turn.Phrases.Plan(spoken, services.Time.GetLocalNow()));
            turn.Sponsored |= spoken.Items.Any(item => item.IsSponsored);
        }

        plan.Told = spoken;
    }

    private int MostTold(SpeakerZone zone) => Math.Min(options.MaxSpokenOptions, ActionGate.Decide(
        new GateRequest { ActionClass = ActionClass.Browse, Channel = InputChannel.Voice, Zone = zone },
        SituationReader.Read(services.Snapshot()),
        services.Policy.Current).Limits.MaxOptions ?? options.MaxSpokenOptions);
}
