using EcuAgent.Core.Agent.Purchases;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>
/// Takes the errands of a plan one at a time: a stop becomes a command to the navigation, a purchase a read-back of its own. What drops out makes a
/// new plan of the others.
/// </summary>
internal sealed class ErrandDispatcher(
    AgentServices services,
    TripPlanner planner,
    TripForecast forecast,
    RouteStops stops,
    ErrandScheduler scheduler,
    PurchaseDesk purchases,
    DeferralDesk deferrals,
    CommandRunner commands,
    Recorder recorder)
{
    /// <summary>Sets the route to the end of the trip where there is none: stops are stops of a route.</summary>
    public async Task SetRouteAsync(Turn turn, OpenPlan plan, CancellationToken cancellationToken)
    {
        if (plan.IsRouteSet || plan.Saved is not { } saved || forecast.Destination is not null || plan.NoPlanTold.Length > 0
            || plan.Waiting.Find(errand => errand.Place == ErrandPlace.Stop) is not { } first)
        {
            return;
        }

        plan.IsRouteSet = true;
        await GuideAsync(turn, turn.Add(""), first.Request, NavigationAction.SetDestination, saved.PlaceId, saved.Name, saved.Position, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on until a purchase is read back, or until one has to wait because something else is asked.</summary>
    public async Task AdvanceAsync(Turn turn, OpenPlan plan, CancellationToken cancellationToken)
    {
        while (plan.Asked is null && plan.Waiting is [var next, ..] && !(next.IsPurchase && IsAnotherAsked(turn)))
        {
            plan.Waiting.RemoveAt(0);
            if (!next.IsPurchase)
            {
                await StopAsync(turn, plan, next, cancellationToken).ConfigureAwait(false);
            }
            else if (!await AskAsync(turn, plan, next, cancellationToken).ConfigureAwait(false))
            {
                scheduler.Schedule(turn, plan, mustTell: false);
            }
        }
    }

    // A reply carries one question, and the desk holds one.
    private bool IsAnotherAsked(Turn turn) => turn.QuestionId.Length > 0 || services.Confirmations.Current is not null;

    private async Task StopAsync(Turn turn, OpenPlan plan, OpenErrand errand, CancellationToken cancellationToken)
    {
        var isOnRoute = plan.IsRouteSet || forecast.Destination is not null;
        var chosen = errand.Chosen;
        var part = turn.Add("");
        await GuideAsync(
            turn,
            part,
            errand.Request,
            isOnRoute ? NavigationAction.AddStop : NavigationAction.SetDestination,
            chosen.Place?.PlaceId ?? "",
            chosen.Name,
            chosen.Candidate.Position ?? default,
            cancellationToken).ConfigureAwait(false);

        if (part.Open.Count > 0)
        {
            stops.Add(plan, errand, isCounted: false);

            // Without a route before, it is one now, and what comes next are stops of it.
            plan.IsRouteSet = true;
        }
    }

    private Task GuideAsync(
        Turn turn, TurnPart part, GateRequest request, NavigationAction action, string placeId, string name, GeoPoint position, CancellationToken cancellationToken) =>
        commands.IssueAsync(
            turn,
            part,
            request with { ActionClass = ActionClass.Navigate, ToolName = ToolNames.AddStop },
            [commands.Stamp(turn.Utterance).Navigation(action) with { PlaceId = placeId, DestinationName = name, Position = position }],
            cancellationToken);

    // The gate is asked anew: what was true when it was planned proves nothing now. False when the errand drops out.
    private async Task<bool> AskAsync(Turn turn, OpenPlan plan, OpenErrand errand, CancellationToken cancellationToken)
    {
        var part = turn.Add("");
        var decision = ActionGate.Decide(errand.Request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
        part.ReasonCode = decision.Reason.Code();
        await recorder.DecidedAsync(AuditKind.Decision, errand.Request, decision).ConfigureAwait(false);
        var proposal = Proposal.Refused;
        if (PurchaseAsk.MayBeProposed(decision))
        {
            proposal = await purchases.ProposeAsync(turn, part, AskOf(plan, errand), cancellationToken).ConfigureAwait(false);
        }
        else if (decision.Kind == GateDecisionKind.Defer)
        {
            proposal = Proposal.Deferred;
        }
        else
        {
            part.Clauses.Add(turn.Phrases.Denied(decision.Reason));
        }

        if (proposal == Proposal.Deferred)
        {
            await deferrals.DeferAsync(turn, part, errand.Tool, errand.Arguments, errand.Request.Zone).ConfigureAwait(false);
        }

        plan.Asked = proposal == Proposal.Asked ? errand : null;
        return proposal == Proposal.Asked;
    }

    private PurchaseAsk AskOf(OpenPlan plan, OpenErrand errand) => new(errand.Tool, errand.Arguments, errand.Request)
    {
        // For the journal: why this offer, and why on this way.
        Chosen = errand.Chosen.Offer is { } offer ? offer with { Reasons = [.. offer.Reasons, .. errand.Planned?.Reasons ?? []] } : null,
        ErrandId = errand.Id,
        Arrival = errand.IsOnTheWay && plan.Told is not null && plan.NoPlanTold.Length == 0 ? planner.ArrivalOf(errand, plan) : null,
    };
}
