using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;
using EcuAgent.Signals;
using Nito.AsyncEx;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Several errands along one way. Plans them together, tells the plan, and takes them one at a time in its order: a stop becomes a command to the
/// navigation, a purchase a read-back of its own that waits for a yes of its own in <see cref="PurchaseDesk"/>. Whatever drops out makes a new
/// plan of the others. Nothing is bought from here. At most <see cref="ErrandPlannerOptions.MaxErrands"/> are open; one more is refused and told.
/// </summary>
internal sealed class ErrandDesk(
    AgentServices services,
    AgentOptions options,
    ErrandCandidates candidates,
    TripPlanner planner,
    TripForecast forecast,
    PurchaseDesk purchases,
    DeferralDesk deferrals,
    CommandRunner commands,
    Recorder recorder,
    Voice voice)
{
    private readonly AsyncLock _one = new();
    private OpenPlan? _plan;
    private volatile bool _hasPlan;
    private volatile bool _hasWaiting;

    /// <summary>True while errands are planned together.</summary>
    public bool HasPlan => _hasPlan;

    /// <summary>True while errands wait for their turn: nothing else is asked in between.</summary>
    public bool HasWaiting => _hasWaiting;

    /// <summary>True when the calls of a turn are several errands, or one more for an open plan.</summary>
    public bool Expects(Plan plan, string said)
    {
        var isPickup = PickupWords.In(said);
        var errands = plan.Calls.Count(call => call.Check is { IsValid: true, Dropped.Count: 0, Tool: { } tool } && IsErrand(tool, isPickup));
        return errands > 1 || (errands == 1 && _hasPlan);
    }

    /// <summary>True for a call that may be an errand: something to buy, a stop, or a parcel to be fetched.</summary>
    public static bool IsErrand(ToolDefinition tool, bool isPickup) =>
        tool.ActionClass == ActionClass.Commit || tool.Name == ToolNames.AddStop || (isPickup && tool.Name == ToolNames.TrackParcel);

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
            foreach (var draft in drafts)
            {
                await AddAsync(turn, plan, draft, cancellationToken).ConfigureAwait(false);
            }

            plan.Since = services.Time.GetTimestamp();
            Keep(plan);
            await FindEndAsync(plan, cancellationToken).ConfigureAwait(false);
            Replan(turn, plan, mustTell: true);
            await SetRouteAsync(turn, plan, cancellationToken).ConfigureAwait(false);
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
            Keep(plan);
            var turn = within ?? NewTurn(plan);
            if (ended.How == PurchaseEnd.Unanswered)
            {
                End(plan, turn, turn.Phrases.PlanDropped);
            }
            else
            {
                if (ended.How == PurchaseEnd.Bought)
                {
                    NoteStop(plan, asked, alreadyCounted: true);
                }
                else
                {
                    Replan(turn, plan, mustTell: false);
                }

                await AdvanceAsync(turn, plan, CancellationToken.None).ConfigureAwait(false);
            }

            await SpeakAsync(turn, within).ConfigureAwait(false);
        }
    }

    /// <summary>Drops the newest errand that waits for its turn and buys for this need; what it was, or null.</summary>
    public async Task<string?> CancelWaitingAsync(Turn turn, MerchantNeed? need)
    {
        using (await _one.LockAsync().ConfigureAwait(false))
        {
            if (_plan is not { } plan || plan.Waiting.FindLast(errand => errand.IsPurchase && (need is null || Needs.OfTool(errand.Tool.Name) == need)) is not { } errand)
            {
                return null;
            }

            plan.Waiting.Remove(errand);
            Keep(plan);
            turn.Add("").Clauses.Add(turn.Phrases.Declined(errand.Summary));
            Replan(turn, plan, mustTell: false);
            await AdvanceAsync(turn, plan, CancellationToken.None).ConfigureAwait(false);
            return errand.Summary;
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

            Pass(plan);
            var turn = NewTurn(plan);
            if (services.Time.GetElapsedTime(plan.Since) >= options.ErrandsKeptFor)
            {
                End(plan, turn, turn.Phrases.PlanExpired);
            }
            else if (plan.Asked is null && !isAnotherAsked && services.Confirmations.Current is null)
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
            _plan = null;
            (_hasPlan, _hasWaiting) = (false, false);
        }
    }

    private static bool IsSame(OpenErrand errand, ErrandDraft draft) =>
        errand.Tool.Name == draft.Tool.Name && CanonicalArguments.Write(errand.Tool, errand.Arguments) == CanonicalArguments.Write(draft.Tool, draft.Arguments);

    private static bool IsOtherThan(SpokenPlan? told, SpokenPlan plan, TimeSpan shift) => told is null
        || !told.Items.Select(item => item.Name).SequenceEqual(plan.Items.Select(item => item.Name), StringComparer.Ordinal)
        || (told.ArriveAt - plan.ArriveAt).Duration() > shift;

    private void Keep(OpenPlan plan)
    {
        _plan = plan.Waiting.Count > 0 || plan.Asked is not null ? plan : null;
        (_hasPlan, _hasWaiting) = (_plan is not null, plan.Waiting.Count > 0);
    }

    private void End(OpenPlan plan, Turn turn, string clause)
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

    private async Task SpeakAsync(Turn turn, Turn? within)
    {
        if (within is not null)
        {
            return;
        }

        foreach (var part in turn.Parts)
        {
            await commands.SettleAsync(part).ConfigureAwait(false);
        }

        List<string> clauses = [.. turn.Parts.SelectMany(part => part.Ended.Select(report => OutcomeSpeech.Say(turn.Phrases, report)).Concat(part.Clauses))];
        if (clauses.Count > 0 || turn.Question is not null)
        {
            await voice.SayAsync(
                turn.Phrases, clauses, turn.Question, voice.Frame(turn.Utterance.UtteranceId, turn.Utterance.SpeakerZone, turn.QuestionId, turn.Sponsored))
                .ConfigureAwait(false);
        }
    }

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
            draft.Part.ReasonCode = ErrandReasons.TooManyErrands;
            await recorder.OwnAsync(DecisionKind.Deny, ErrandReasons.TooManyErrands, turn.Utterance, draft.Tool.Name, draft.Request.ActionClass).ConfigureAwait(false);
            draft.Part.Clauses.Add(turn.Phrases.TooManyErrands(summary));
            return;
        }

        var (errand, reason) = await candidates.FindAsync(draft, turn.Phrases, cancellationToken).ConfigureAwait(false);
        if (errand is not null)
        {
            plan.Waiting.Add(errand);
        }
        else if (draft.Tool.ActionClass == ActionClass.Commit)
        {
            await purchases.RefuseAsync(turn, draft.Part, new PurchaseAsk(draft.Tool, draft.Arguments, draft.Request), reason).ConfigureAwait(false);
        }
        else if (draft.Tool.Name == ToolNames.AddStop)
        {
            draft.Part.ReasonCode = reason;
            await recorder.OwnAsync(DecisionKind.Deny, reason, turn.Utterance, draft.Tool.Name, draft.Request.ActionClass).ConfigureAwait(false);
            draft.Part.Clauses.Add(
                reason == AgentReasons.PlaceNotFound ? turn.Phrases.PlaceNotFound(draft.Arguments.Text("destination")!) : turn.Phrases.PlacesUnavailable);
        }
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

    private void Replan(Turn turn, OpenPlan plan, bool mustTell)
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
            foreach (var id in refusal.LeftOut)
            {
                if (plan.Waiting.Find(errand => errand.Id == id) is { } errand)
                {
                    plan.Waiting.Remove(errand);
                    part.Clauses.Add(turn.Phrases.LeftOut(errand.Summary, reason));
                }
            }
        }

        if ((result?.Plan ?? result?.Refusal?.Instead) is not { } way)
        {
            if (plan.NoPlanTold != reason)
            {
                plan.NoPlanTold = reason;
                part.Clauses.Add(turn.Phrases.NoPlan(reason));
            }

            Keep(plan);
            return;
        }

        plan.NoPlanTold = "";
        Order(plan, way);
        Keep(plan);
        Tell(turn, part, plan, way, mustTell);
    }

    private static void Order(OpenPlan plan, ErrandPlan way)
    {
        var order = way.Stops.Select(stop => (stop.ErrandId, stop.CandidateId)).Concat(way.Handovers.Select(handover => (handover.ErrandId, handover.CandidateId))).ToList();
        plan.Waiting =
        [
            .. order.SelectMany(place => plan.Waiting
                .Where(errand => errand.Id == place.ErrandId)
                .Select(errand => errand with
                {
                    Chosen = errand.Options.First(option => option.Candidate.Id == place.CandidateId),
                    Planned = way.Stops.FirstOrDefault(stop => stop.ErrandId == errand.Id),
                })),
        ];
    }

    private void Tell(Turn turn, TurnPart part, OpenPlan plan, ErrandPlan way, bool mustTell)
    {
        var items = way.Stops.Select(stop => stop.ErrandId).Concat(way.Handovers.Select(handover => handover.ErrandId))
            .Select(id => plan.Open.First(errand => errand.Id == id))
            .Where(errand => errand.IsOnTheWay)
            .Select(errand => new SpokenPlanItem(errand.Chosen.Name, planner.ArrivalIn(way, errand, plan.Saved?.Position) ?? way.ArriveAt, errand.IsBrought, errand.Chosen.Offer?.IsSponsored == true))
            .ToList();
        var most = Math.Min(options.MaxSpokenOptions, ActionGate.Decide(
            new GateRequest { ActionClass = ActionClass.Browse, Channel = InputChannel.Voice, Zone = plan.Zone },
            SituationReader.Read(services.Snapshot()),
            services.Policy.Current).Limits.MaxOptions ?? options.MaxSpokenOptions);
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

    // Stops are stops of a route: without one, the trip to the saved place is set first.
    private async Task SetRouteAsync(Turn turn, OpenPlan plan, CancellationToken cancellationToken)
    {
        if (plan.IsRouteSet || plan.Saved is not { } saved || forecast.Destination is not null || plan.NoPlanTold.Length > 0
            || plan.Waiting.Find(errand => errand.Place == ErrandPlace.Stop) is not { } first)
        {
            return;
        }

        plan.IsRouteSet = true;
        await GuideAsync(turn, turn.Add(""), first.Request, NavigationAction.SetDestination, saved.PlaceId, saved.Name, saved.Position, cancellationToken).ConfigureAwait(false);
    }

    private async Task AdvanceAsync(Turn turn, OpenPlan plan, CancellationToken cancellationToken)
    {
        while (plan.Asked is null && plan.Waiting is [var next, ..] && !(next.IsPurchase && services.Confirmations.Current is not null))
        {
            plan.Waiting.RemoveAt(0);
            if (!next.IsPurchase)
            {
                await StopAsync(turn, plan, next, cancellationToken).ConfigureAwait(false);
            }
            else if (!await AskAsync(turn, plan, next, cancellationToken).ConfigureAwait(false))
            {
                Replan(turn, plan, mustTell: false);
            }
        }

        Keep(plan);
    }

    // What the car has reached is behind it.
    private void Pass(OpenPlan plan)
    {
        var ahead = plan.Added.Where(stop => !TripForecast.AreSame(stop.Position, forecast.Car)).ToList();
        var passed = plan.Added.Count - ahead.Count;
        if (passed > 0)
        {
            plan.Added = [.. ahead.Select(stop => stop with { StopsThen = stop.StopsThen - passed })];
        }
    }

    // After a purchase the stop was commanded and reported before; one that is commanded now is still to come.
    private void NoteStop(OpenPlan plan, OpenErrand errand, bool alreadyCounted)
    {
        if (errand.Planned is { } stop)
        {
            plan.Added =
            [
                .. plan.Added,
                new AddedStop(
                    stop.Position, stop.DepartAt - stop.ArriveAt, stop.Detour ?? TimeSpan.Zero, stop.DetourM ?? 0, Math.Max(forecast.Stops + (alreadyCounted ? 0 : 1), 1 + (plan.Added.Count > 0 ? plan.Added[^1].StopsThen : 0))),
            ];
        }
    }

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
            NoteStop(plan, errand, alreadyCounted: false);

            // Without a route before, it is one now, and what comes next are stops of it.
            plan.IsRouteSet = true;
        }
    }

    private Task GuideAsync(
        Turn turn, TurnPart part, GateRequest request, NavigationAction action, string placeId, string name, GeoPoint position, CancellationToken cancellationToken)
    {
        var stamp = commands.Stamp(turn.Utterance);
        return commands.IssueAsync(
            turn,
            part,
            request with { ActionClass = ActionClass.Navigate, ToolName = ToolNames.AddStop },
            [
                new NavigationCommand
                {
                    CommandId = stamp.NewId(),
                    UtteranceId = stamp.UtteranceId,
                    Issued = stamp.Issued,
                    Expires = stamp.Expires,
                    Action = action,
                    PlaceId = placeId,
                    DestinationName = name,
                    Position = position,
                },
            ],
            cancellationToken);
    }

    // The gate is asked anew: what was true when it was planned proves nothing now. False when the errand drops out.
    private async Task<bool> AskAsync(Turn turn, OpenPlan plan, OpenErrand errand, CancellationToken cancellationToken)
    {
        var part = turn.Add("");
        var request = errand.Request;
        var decision = ActionGate.Decide(request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
        await recorder.DecidedAsync(AuditKind.Decision, request, decision).ConfigureAwait(false);
        switch (decision.Kind)
        {
            case GateDecisionKind.Confirm:
            case GateDecisionKind.Defer when decision.Reason is GateReason.MerchantUnknown or GateReason.AmountUnknown:
                break;
            case GateDecisionKind.Defer:
                await deferrals.DeferAsync(turn, part, errand.Tool, errand.Arguments).ConfigureAwait(false);
                return false;
            default:
                part.Clauses.Add(turn.Phrases.Denied(decision.Reason));
                return false;
        }

        var ask = new PurchaseAsk(errand.Tool, errand.Arguments, request)
        {
            // For the journal: why this offer, and why on this way.
            Chosen = errand.Chosen.Offer is { } offer ? offer with { Reasons = [.. offer.Reasons, .. errand.Planned?.Reasons ?? []] } : null,
            ErrandId = errand.Id,
            Arrival = errand.IsOnTheWay && plan.Told is not null && plan.NoPlanTold.Length == 0
                ? planner.ArrivalOf(errand, plan)
                : null,
        };
        switch (await purchases.ProposeAsync(turn, part, ask, cancellationToken).ConfigureAwait(false))
        {
            case Proposal.Asked:
                plan.Asked = errand;
                return true;
            case Proposal.Deferred:
                await deferrals.DeferAsync(turn, part, errand.Tool, errand.Arguments).ConfigureAwait(false);
                return false;
            default:
                return false;
        }
    }
}
