using EcuAgent.Core.Agent.Purchases;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using Nito.AsyncEx;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>
/// Several errands along one way: one plan at a time, from the turn that begins it to its last errand. Everything that happens to the plan happens
/// here, one after the other. Nothing is bought from here. At most <see cref="ErrandPlannerOptions.MaxErrands"/> are open; one more is refused and
/// told.
/// </summary>
internal sealed class ErrandDesk(
    AgentServices services, AgentOptions options, ErrandIntake intake, ErrandScheduler scheduler, ErrandDispatcher dispatcher, RouteStops stops, TurnReply reply)
{
    private readonly AsyncLock _one = new();
    private OpenPlan? _plan;
    private volatile bool _hasPlan;

    /// <summary>True while a plan is open: nothing else is offered in between.</summary>
    public bool HasPlan => _hasPlan;

    /// <summary>True for a call that may be an errand: something to buy, a stop, or a parcel to be fetched.</summary>
    public static bool IsErrand(ToolDefinition tool, bool isPickup) =>
        tool.ActionClass == ActionClass.Commit || tool.Name == ToolNames.AddStop || (isPickup && tool.Name == ToolNames.TrackParcel);

    /// <summary>True when the calls of a turn are several errands, or one more for an open plan.</summary>
    public bool Expects(Plan plan, string said)
    {
        var isPickup = PickupWords.In(said);
        var errands = plan.Calls.Count(call => call.Check is { IsValid: true, Dropped.Count: 0, Tool: { } tool } && IsErrand(tool, isPickup));
        return errands > 1 || (errands == 1 && _hasPlan);
    }

    /// <summary>
    /// Plans what the turn collected, together with what is open, tells the plan and begins with it. Returns a call that turned out to be the only
    /// one: it goes the usual way.
    /// </summary>
    public async Task<ErrandDraft?> TakeAsync(Turn turn, IReadOnlyList<ErrandDraft> drafts, CancellationToken cancellationToken)
    {
        using (await _one.LockAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_plan is null && drafts.Count == 1)
            {
                return drafts[0].Tool.Name == ToolNames.TrackParcel ? null : drafts[0];
            }

            // A destination that the same utterance set counts.
            await Task.WhenAll(turn.Parts.SelectMany(part => part.Open)).WaitAsync(cancellationToken).ConfigureAwait(false);
            var plan = _plan ?? new OpenPlan(turn.Phrases, turn.Utterance.SpeakerZone, turn.Utterance.UtteranceId);
            await intake.AddAsync(turn, plan, drafts, cancellationToken).ConfigureAwait(false);
            plan.Since = services.Time.GetTimestamp();
            Keep(plan);
            scheduler.Schedule(turn, plan, mustTell: true);
            await dispatcher.SetRouteAsync(turn, plan, cancellationToken).ConfigureAwait(false);
            await AdvanceAsync(turn, plan, cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>
    /// An order that was read back has ended. Goes on with the next errand: within a turn in its reply, else in a reply of its own.
    /// </summary>
    public async Task OnEndedAsync(EndedPurchase ended, Turn? within = null)
    {
        if (ended.Order.ErrandId.Length == 0 || ended.How == PurchaseEnd.None)
        {
            return;
        }

        using (await _one.LockAsync().ConfigureAwait(false))
        {
            if (_plan is not { Asked: { } asked } plan || asked.Id != ended.Order.ErrandId)
            {
                return;
            }

            plan.Asked = null;
            var turn = within ?? NewTurn(plan);
            switch (ended.How)
            {
                case PurchaseEnd.Unanswered:
                    End(turn, plan, turn.Phrases.PlanDropped);
                    break;
                case PurchaseEnd.Bought:
                    if (IsWhereItWasPlanned(ended.Order, asked))
                    {
                        // The guide has commanded it, and the navigation has reported it.
                        stops.Add(plan, asked, isCounted: true);
                    }

                    break;
                default:
                    scheduler.Schedule(turn, plan, mustTell: false);
                    break;
            }

            await AdvanceAsync(turn, plan, CancellationToken.None).ConfigureAwait(false);
            await SpeakAsync(turn, within).ConfigureAwait(false);
        }
    }

    /// <summary>Drops the newest errand that waits for its turn and buys for this need; false when none does.</summary>
    public async Task<bool> CancelWaitingAsync(Turn turn, MerchantNeed? need)
    {
        using (await _one.LockAsync().ConfigureAwait(false))
        {
            if (_plan is not { } plan || plan.Waiting.FindLast(errand => errand.IsPurchase && (need is null || Needs.OfTool(errand.Tool.Name) == need)) is not { } errand)
            {
                return false;
            }

            plan.Waiting.Remove(errand);
            turn.Add("").Clauses.Add(turn.Phrases.Declined(errand.Summary));
            scheduler.Schedule(turn, plan, mustTell: false);
            await AdvanceAsync(turn, plan, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Ends what has waited too long, and goes on where another question was in the way.</summary>
    /// <param name="isAnotherAsked">True while a question of somebody else is open.</param>
    public async Task TickAsync(bool isAnotherAsked)
    {
        if (!_hasPlan)
        {
            return;
        }

        using (await _one.LockAsync().ConfigureAwait(false))
        {
            if (_plan is not { } plan)
            {
                return;
            }

            stops.Pass(plan);
            var turn = NewTurn(plan);
            if (services.Time.GetElapsedTime(plan.Since) >= options.ErrandsKeptFor)
            {
                End(turn, plan, turn.Phrases.PlanExpired);
            }
            else if (!isAnotherAsked)
            {
                await AdvanceAsync(turn, plan, CancellationToken.None).ConfigureAwait(false);
            }

            await SpeakAsync(turn, null).ConfigureAwait(false);
        }
    }

    /// <summary>The trip is over: nothing of the plan is left to do. A question that is open ends by its own rules.</summary>
    public async Task ForgetAsync()
    {
        using (await _one.LockAsync().ConfigureAwait(false))
        {
            (_plan, _hasPlan) = (null, false);
        }
    }

    // A change before the yes may have moved it to another merchant.
    private static bool IsWhereItWasPlanned(PendingOrder order, OpenErrand asked) =>
        order.Offer?.Candidate.Merchant.Id == asked.Chosen.Offer?.Candidate.Merchant.Id;

    private async Task AdvanceAsync(Turn turn, OpenPlan plan, CancellationToken cancellationToken)
    {
        await dispatcher.AdvanceAsync(turn, plan, cancellationToken).ConfigureAwait(false);
        Keep(plan);
    }

    private void Keep(OpenPlan plan)
    {
        _plan = plan.IsDone ? null : plan;
        _hasPlan = !plan.IsDone;
    }

    private void End(Turn turn, OpenPlan plan, string clause)
    {
        if (plan.Waiting.Count > 0)
        {
            turn.Add("").Clauses.Add(clause);
        }

        plan.Waiting.Clear();
        Keep(plan);
    }

    private Turn NewTurn(OpenPlan plan) => new(
        new Utterance { UtteranceId = plan.UtteranceId, Text = "", AsrConfidence = 0, Language = plan.Phrases.Language, SpeakerZone = plan.Zone }, plan.Phrases, services.Time);

    // A turn says it itself, with all else that it has to say.
    private Task SpeakAsync(Turn turn, Turn? within) => within is null ? reply.SayAsync(turn) : Task.CompletedTask;
}
