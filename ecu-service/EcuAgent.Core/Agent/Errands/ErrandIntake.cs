using EcuAgent.Core.Agent.Purchases;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>Takes calls into a plan. What is planned already, one too many, or to be had nowhere is told and stays out.</summary>
internal sealed class ErrandIntake(AgentOptions options, ErrandCandidates candidates, TripForecast forecast, PurchaseDesk purchases, Recorder recorder)
{
    /// <summary>Takes in what one turn collected.</summary>
    public async Task AddAsync(Turn turn, OpenPlan plan, IReadOnlyList<ErrandDraft> drafts, CancellationToken cancellationToken)
    {
        foreach (var draft in drafts)
        {
            await AddAsync(turn, plan, draft, cancellationToken).ConfigureAwait(false);
        }

        await FindEndAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsSame(OpenErrand errand, ErrandDraft draft) =>
        errand.Tool.Name == draft.Tool.Name && CanonicalArguments.Write(errand.Tool, errand.Arguments) == CanonicalArguments.Write(draft.Tool, draft.Arguments);

    private async Task AddAsync(Turn turn, OpenPlan plan, ErrandDraft draft, CancellationToken cancellationToken)
    {
        var summary = turn.Phrases.Summary(draft.Tool.Name, draft.Arguments);
        if (plan.Open.Any(errand => IsSame(errand, draft)))
        {
            draft.Part.Clauses.Add(turn.Phrases.AlreadyPlanned(summary));
            return;
        }

        if (plan.Open.Count >= options.Errands.MaxErrands)
        {
            await RefuseAsync(turn, draft, ErrandReasons.TooManyErrands, turn.Phrases.TooManyErrands(summary)).ConfigureAwait(false);
            return;
        }

        var (errand, found) = await candidates.FindAsync(draft, turn.Phrases, cancellationToken).ConfigureAwait(false);
        if (errand is not null)
        {
            plan.Waiting.Add(errand);
        }
        else if (draft.Tool.ActionClass == ActionClass.Commit)
        {
            await purchases.RefuseAsync(turn, draft.Part, new PurchaseAsk(draft.Tool, draft.Arguments, draft.Request), found).ConfigureAwait(false);
        }
        else if (draft.Tool.Name == ToolNames.AddStop)
        {
            await RefuseAsync(
                turn,
                draft,
                found.Reason,
                found.Reason == AgentReasons.PlaceNotFound ? turn.Phrases.PlaceNotFound(draft.Arguments.Text("destination")!) : turn.Phrases.PlacesUnavailable).ConfigureAwait(false);
        }
    }

    private async Task RefuseAsync(Turn turn, ErrandDraft draft, string reason, string clause)
    {
        draft.Part.ReasonCode = reason;
        await recorder.OwnAsync(DecisionKind.Deny, reason, turn.Utterance, draft.Tool.Name, draft.Request.ActionClass).ConfigureAwait(false);
        draft.Part.Clauses.Add(clause);
    }

    // Without a route the trip ends where something is brought to, as the person said to be there; failing that at home.
    private async Task FindEndAsync(OpenPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Saved is null && forecast.Destination is null && plan.Waiting.Exists(errand => errand.IsOnTheWay))
        {
            var isWork = plan.Waiting.Exists(errand => errand.IsBrought && errand.Arguments.Text("arrive") == "work");
            plan.Saved = await forecast.SavedAsync(!isWork, cancellationToken).ConfigureAwait(false);
        }
    }
}
