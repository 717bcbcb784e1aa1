using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Purchases: deferral, read-back, commit. Holds at most one order that waits for its yes and one question about a deferred request. The
/// gate is asked when the request comes, when the question is opened, and when the yes is redeemed.
/// </summary>
internal sealed class CommerceDesk(
    AgentServices services, AgentOptions options, MerchantGateway merchants, Recorder recorder, Voice voice, AgentTally tally)
{
    private readonly OrderCancellation _cancellation = new(services, merchants, recorder);
    private readonly Lock _gate = new();
    private MerchantOrder? _waiting;
    private ResumeQuestion? _resume;

    /// <summary>Search, parcel and cart calls, which bind nobody.</summary>
    public async Task BrowseAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, int maxOptions)
    {
        if (tool.Name == ToolNames.CancelOrder)
        {
            await CancelAsync(turn, part, arguments).ConfigureAwait(false);
            return;
        }

        var request = new MerchantRequest(NewId(), MerchantGateway.NeedOf(tool.Name), tool.Name, arguments.Values);
        var prepare = tool.ActionClass == ActionClass.Prepare;
        var answer = prepare ? await merchants.PrepareAsync(request).ConfigureAwait(false) : await merchants.SearchAsync(request).ConfigureAwait(false);
        part.ReasonCode = answer.Status == MerchantStatus.Done ? part.ReasonCode : answer.Reason;
        var offers = answer.Offers.Take(maxOptions).ToList();
        turn.Sponsored |= offers.Exists(offer => offer.Sponsored);
        part.Clauses.Add(answer.Status switch
        {
            MerchantStatus.NotConfigured => turn.Phrases.NoMerchant(request.Need),
            MerchantStatus.Done when prepare => turn.Phrases.Prepared(turn.Phrases.Summary(tool.Name, arguments)),
            MerchantStatus.Done when offers.Count > 0 => turn.Phrases.Offers([.. offers.Select(turn.Phrases.Offer)]),
            MerchantStatus.Done or MerchantStatus.NothingFound => turn.Phrases.NothingOffered,
            _ => turn.Phrases.MerchantFailed,
        });
    }

    /// <summary>Keeps a call until the car is parked.</summary>
    public async Task DeferAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments)
    {
        var summary = turn.Phrases.Summary(tool.Name, arguments);
        var result = services.Deferrals.Add(new DeferralRequest
        {
            UtteranceId = turn.Utterance.UtteranceId,
            ToolName = tool.Name,
            ArgumentsJson = CanonicalArguments.Write(tool, arguments),
            ActionClass = tool.ActionClass,
            Summary = summary,
            Language = turn.Phrases.Language,
            Zone = turn.Utterance.SpeakerZone,
        });
        recorder.Noted(AuditKind.Deferred, result.ReasonCode, deferralId: result.Item?.Id ?? "", tool: tool.Name, utteranceId: turn.Utterance.UtteranceId);
        if (result.Item is not { } item)
        {
            part.ReasonCode = result.ReasonCode;
            part.Clauses.Add(turn.Phrases.DeferralFull(summary));
            return;
        }

        tally.Add(AgentCount.CallsDeferred);
        part.Clauses.Add(turn.Phrases.Deferred(summary));
        await recorder.PublishAsync(new OrderStatus(item.Id, OrderState.Deferred, summary, part.ReasonCode)).ConfigureAwait(false);
    }

    /// <summary>A commit that the gate wants confirmed: gets an offer and opens the read-back question.</summary>
    public async Task ProposeAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, string? orderId = null)
    {
        var order = new MerchantOrder(
            new MerchantRequest(orderId ?? NewId(), MerchantGateway.NeedOf(tool.Name), tool.Name, arguments.Values),
            request,
            turn.Phrases.Summary(tool.Name, arguments),
            turn.Phrases);
        var proposal = await OpenAsync(order, turn.Utterance).ConfigureAwait(false);
        part.ReasonCode = proposal.Reason;
        turn.Sponsored |= proposal.Sponsored;
        if (proposal.QuestionId.Length == 0 || !turn.TryAsk(proposal.Clause, proposal.QuestionId))
        {
            part.Clauses.Add(proposal.Clause);
        }
    }

    /// <summary>Takes in an answer. False when neither of the open questions here is meant.</summary>
    public async Task<bool> AnswerAsync(ConfirmationAnswer answer)
    {
        ResumeQuestion? resume;
        lock (_gate)
        {
            resume = _resume?.Id == answer.QuestionId ? _resume : null;
        }

        if (resume is not null)
        {
            await ResumeAsync(resume, answer).ConfigureAwait(false);
            return true;
        }

        var result = services.Confirmations.Answer(answer, SituationReader.Read(services.Snapshot()));
        if (result.Kind == AnswerKind.UnknownQuestion)
        {
            return false;
        }

        recorder.Noted(AuditKind.QuestionAnswered, result.Reason.Code(), answer.QuestionId ?? "");
        MerchantOrder? order;
        lock (_gate)
        {
            order = _waiting?.QuestionId == answer.QuestionId ? _waiting : null;
            if (result.Kind != AnswerKind.NotAYes && order is not null)
            {
                _waiting = null;
            }
        }

        if (order is null)
        {
            return false;
        }

        await (result.Kind switch
        {
            AnswerKind.Accepted => CommitAsync(order),
            AnswerKind.NotAYes => AskAgainAsync(order.Phrases, order.Request.Zone, order.QuestionId),
            AnswerKind.Declined => CloseAsync(order, OrderState.Canceled, AgentReasons.Declined, order.Phrases.Declined(order.Summary)),
            AnswerKind.Revoked => CloseAsync(order, OrderState.Canceled, GateReason.ConsentRevoked.Code(), order.Phrases.Revoked(order.Summary)),
            _ => CloseAsync(order, OrderState.Expired, GateReason.ConsentExpired.Code(), order.Phrases.QuestionExpired(order.Summary)),
        }).ConfigureAwait(false);
        return true;
    }

    /// <summary>Revokes what the new situation does not allow any more.</summary>
    public async Task OnSituationChangedAsync()
    {
        var situation = SituationReader.Read(services.Snapshot());
        services.Deferrals.Observe(situation.State);
        ResumeQuestion? resume = null;
        lock (_gate)
        {
            if (situation.State != Signals.DrivingState.Parked)
            {
                resume = _resume;
                _resume = null;
            }
        }

        if (services.Confirmations.Observe(situation) is { } revoked && TakeWaiting(waiting => waiting.QuestionId == revoked.Id) is { } order)
        {
            recorder.Noted(AuditKind.QuestionRevoked, GateReason.ConsentRevoked.Code(), revoked.Id);
            await CloseAsync(order, OrderState.Canceled, GateReason.ConsentRevoked.Code(), order.Phrases.Revoked(order.Summary)).ConfigureAwait(false);
        }

        if (resume is not null)
        {
            // The queue keeps the request; only the question is gone.
            recorder.Noted(AuditKind.QuestionRevoked, GateReason.ConsentRevoked.Code(), resume.Id, resume.Item.Id, resume.Item.Request.ToolName);
            await recorder.PublishAsync(new OrderStatus(resume.Item.Id, OrderState.Deferred, resume.Item.Request.Summary, GateReason.ConsentRevoked.Code()))
                .ConfigureAwait(false);
            await voice.SayAsync(
                resume.Phrases, [resume.Phrases.Deferred(resume.Item.Request.Summary)], null, voice.Frame("", resume.Item.Request.Zone)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends questions and deferrals that ran out, and takes up the next deferred request when the car is steadily parked.</summary>
    public async Task TickAsync()
    {
        await OnSituationChangedAsync().ConfigureAwait(false);
        if (services.Confirmations.TakeExpired() is { } expired && TakeWaiting(waiting => waiting.QuestionId == expired.Id) is { } order)
        {
            recorder.Noted(AuditKind.QuestionExpired, GateReason.ConsentExpired.Code(), expired.Id);
            await CloseAsync(order, OrderState.Expired, GateReason.ConsentExpired.Code(), order.Phrases.QuestionExpired(order.Summary)).ConfigureAwait(false);
        }

        await EndSilentResumeAsync().ConfigureAwait(false);
        foreach (var item in services.Deferrals.TakeExpired())
        {
            await EndDeferralAsync(item, OrderState.Expired, "deferral_expired").ConfigureAwait(false);
            var phrases = Phrases.For(item.Request.Language, "");
            await voice.SayAsync(phrases, [phrases.DeferralExpired(item.Request.Summary)], null, voice.Frame("", item.Request.Zone)).ConfigureAwait(false);
        }

        await OfferNextAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Takes back what was asked for: an order that waits for its yes or a request that waits for the car to be parked is dropped, which costs
    /// nothing; otherwise the merchant is asked.
    /// </summary>
    private async Task CancelAsync(Turn turn, TurnPart part, ToolArguments arguments)
    {
        var need = MerchantGateway.NeedOfKind(arguments.Text("kind"));
        if (TakeWaiting(order => need is null || order.Merchant.Need == need) is { } open)
        {
            // Not placed yet: the merchant would take this for an order that was placed before.
            services.Confirmations.Withdraw(open.QuestionId);
            recorder.Noted(AuditKind.QuestionAnswered, AgentReasons.Declined, open.QuestionId);
            await recorder.PublishAsync(open.Status(OrderState.Canceled, AgentReasons.Declined)).ConfigureAwait(false);
            part.Clauses.Add(turn.Phrases.Declined(open.Summary));
            return;
        }

        var waiting = services.Deferrals.TakeNewest(
            request => request.ActionClass == ActionClass.Commit && (need is null || MerchantGateway.NeedOf(request.ToolName) == need));
        if (waiting is not null)
        {
            lock (_gate)
            {
                _resume = _resume?.Item.Id == waiting.Id ? null : _resume;
            }

            await EndDeferralAsync(waiting, OrderState.Canceled, AgentReasons.Declined).ConfigureAwait(false);
            part.Clauses.Add(turn.Phrases.Declined(waiting.Request.Summary));
            return;
        }

        await _cancellation.AskMerchantAsync(turn, part, arguments).ConfigureAwait(false);
    }

    private async Task OfferNextAsync()
    {
        ResumeQuestion question;
        lock (_gate)
        {
            // One question at a time: the next offer waits until the present one is answered.
            if (_resume is not null || services.Confirmations.Current is not null || services.Deferrals.NextOffer() is not { } item)
            {
                return;
            }

            question = _resume = new ResumeQuestion(NewId(), item, Phrases.For(item.Request.Language, ""), services.Time.GetTimestamp());
        }

        var deferred = question.Item.Request;
        recorder.Noted(AuditKind.DeferralOffered, "deferral_offered", question.Id, question.Item.Id, deferred.ToolName, deferred.UtteranceId);
        await recorder.PublishAsync(new OrderStatus(question.Item.Id, OrderState.AwaitingConfirmation, deferred.Summary, "deferral_offered")).ConfigureAwait(false);
        await voice.SayAsync(
            question.Phrases, [], question.Phrases.Resume(deferred.Summary), voice.Frame("", deferred.Zone, question.Id)).ConfigureAwait(false);
    }

    private async Task EndSilentResumeAsync()
    {
        ResumeQuestion? silent;
        lock (_gate)
        {
            silent = _resume is { } open && services.Time.GetElapsedTime(open.Asked) >= options.QuestionOpenFor ? open : null;
            if (silent is null)
            {
                return;
            }

            _resume = null;
        }

        services.Deferrals.Finish(silent.Item.Id);
        await EndDeferralAsync(silent.Item, OrderState.Expired, "no_answer").ConfigureAwait(false);
        await voice.SayAsync(
            silent.Phrases, [silent.Phrases.QuestionExpired(silent.Item.Request.Summary)], null, voice.Frame("", silent.Item.Request.Zone)).ConfigureAwait(false);
    }

    private async Task ResumeAsync(ResumeQuestion resume, ConfirmationAnswer answer)
    {
        var deferred = resume.Item.Request;
        var sure = services.Policy.Current.Confirmation(Signals.DrivingState.Parked)?.MinimumConfidence ?? 1;
        if (answer.Yes && !(answer.Confidence >= sure))
        {
            await AskAgainAsync(resume.Phrases, deferred.Zone, resume.Id).ConfigureAwait(false);
            return;
        }

        lock (_gate)
        {
            if (_resume != resume)
            {
                return;
            }

            _resume = null;
        }

        if (!services.Deferrals.Finish(resume.Item.Id) || !services.Catalogue.TryGet(deferred.ToolName, out var tool))
        {
            return;
        }

        if (!answer.Yes)
        {
            await EndDeferralAsync(resume.Item, OrderState.Canceled, AgentReasons.Declined).ConfigureAwait(false);
            await voice.SayAsync(resume.Phrases, [resume.Phrases.Declined(deferred.Summary)], null, voice.Frame("", deferred.Zone)).ConfigureAwait(false);
            return;
        }

        await TakeUpAsync(resume, answer, tool).ConfigureAwait(false);
    }

    /// <summary>The deferred request is judged like a new one: what was true when it was deferred proves nothing now.</summary>
    private async Task TakeUpAsync(ResumeQuestion resume, ConfirmationAnswer answer, ToolDefinition tool)
    {
        var deferred = resume.Item.Request;
        var utterance = new Utterance
        {
            UtteranceId = deferred.UtteranceId,
            Text = "",
            AsrConfidence = answer.Confidence ?? 0,
            Language = deferred.Language,
            SpeakerZone = deferred.Zone,
        };
        var request = new GateRequest
        {
            ActionClass = tool.ActionClass,
            ToolName = tool.Name,
            UtteranceId = deferred.UtteranceId,
            Channel = InputChannel.Voice,
            Zone = deferred.Zone,
            AsrConfidence = answer.Confidence,
            TermsKey = deferred.ArgumentsJson,
        };
        var turn = new Turn(utterance, resume.Phrases, services.Time);
        var part = turn.Add(tool.Name);
        var arguments = CanonicalArguments.Read(tool, deferred.ArgumentsJson);
        var decision = ActionGate.Decide(request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
        part.ReasonCode = decision.Reason.Code();
        await recorder.DecidedAsync(AuditKind.Decision, request, decision).ConfigureAwait(false);
        switch (decision.Kind)
        {
            case GateDecisionKind.Confirm:
                await ProposeAsync(turn, part, tool, arguments, request, resume.Item.Id).ConfigureAwait(false);
                break;
            case GateDecisionKind.Defer:
                await DeferAsync(turn, part, tool, arguments).ConfigureAwait(false);
                break;
            case GateDecisionKind.Deny:
                part.Clauses.Add(turn.Phrases.Denied(decision.Reason));
                break;
            default:
                await BrowseAsync(turn, part, tool, arguments, options.MaxSpokenOptions).ConfigureAwait(false);
                break;
        }

        // A proposal has published the order under the same id already.
        if (decision.Kind == GateDecisionKind.Confirm)
        {
            recorder.Noted(AuditKind.DeferralEnded, part.ReasonCode, deferralId: resume.Item.Id, tool: tool.Name, utteranceId: deferred.UtteranceId);
        }
        else
        {
            await EndDeferralAsync(resume.Item, OrderState.Canceled, part.ReasonCode).ConfigureAwait(false);
        }

        await voice.SayAsync(
            turn.Phrases, part.Clauses, turn.Question, voice.Frame(deferred.UtteranceId, deferred.Zone, turn.QuestionId, turn.Sponsored)).ConfigureAwait(false);
    }

    private async Task<(string Clause, string QuestionId, string Reason, bool Sponsored)> OpenAsync(MerchantOrder order, Utterance utterance)
    {
        var answer = await merchants.SearchAsync(order.Merchant).ConfigureAwait(false);
        if (answer is not { Status: MerchantStatus.Done, Offers: [var offer, ..] })
        {
            await recorder.OwnAsync(DecisionKind.Deny, answer.Reason, utterance, order.Merchant.Tool, ActionClass.Commit).ConfigureAwait(false);
            await recorder.PublishAsync(order.Status(OrderState.Failed, answer.Reason)).ConfigureAwait(false);
            return (answer.Status switch
            {
                MerchantStatus.NotConfigured => order.Phrases.NoMerchant(order.Merchant.Need),
                MerchantStatus.Done or MerchantStatus.NothingFound => order.Phrases.NothingOffered,
                _ => order.Phrases.MerchantFailed,
            }, "", answer.Reason, false);
        }

        order = order with
        {
            Offer = offer,
            Request = order.Request with
            {
                Amount = offer.Price,
                Merchant = offer.Merchant,
                SpentThisTrip = offer.Price is { Currency: { } currency } ? services.Trip.Spent(currency) : null,
            },
        };
        OpenResult opened;
        lock (_gate)
        {
            opened = services.Confirmations.Open(order.Request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
            if (opened.Question is { } question)
            {
                order = order with { QuestionId = question.Id };
                _waiting = order;
            }
        }

        await recorder.DecidedAsync(AuditKind.QuestionOpened, order.Request, opened.Decision, order.QuestionId).ConfigureAwait(false);
        if (opened.Question is not null)
        {
            await recorder.PublishAsync(order.Status(OrderState.AwaitingConfirmation, opened.Decision.Reason.Code())).ConfigureAwait(false);
            return (order.Phrases.ReadBack(order.Summary, offer), order.QuestionId, opened.Decision.Reason.Code(), offer.Sponsored);
        }

        var busy = opened.Refusal == OpenRefusal.AlreadyOpen;
        var reason = opened.Refusal switch
        {
            OpenRefusal.AlreadyOpen => AgentReasons.QuestionAlreadyOpen,
            OpenRefusal.AmountUnknown => GateReason.AmountUnknown.Code(),
            OpenRefusal.MerchantUnknown => GateReason.MerchantUnknown.Code(),
            _ => opened.Decision.Reason.Code(),
        };
        tally.Add(AgentCount.CallsDenied);
        await recorder.PublishAsync(order.Status(OrderState.Failed, reason)).ConfigureAwait(false);
        return (busy ? order.Phrases.QuestionOpen : order.Phrases.Denied(opened.Decision.Reason), "", reason, false);
    }

    private async Task CommitAsync(MerchantOrder order)
    {
        var decision = services.Confirmations.Redeem(
            order.QuestionId, order.Request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
        var recorded = await recorder.DecidedAsync(AuditKind.CommitCheck, order.Request, decision, order.QuestionId).ConfigureAwait(false);
        if (!decision.IsAllowed)
        {
            tally.Add(AgentCount.CallsDenied);
            await CloseAsync(order, OrderState.Canceled, decision.Reason.Code(), order.Phrases.Denied(decision.Reason)).ConfigureAwait(false);
            return;
        }

        if (!recorded)
        {
            await CloseAsync(order, OrderState.Failed, AgentReasons.NotRecorded, order.Phrases.NotRecorded).ConfigureAwait(false);
            return;
        }

        var answer = await merchants.CommitAsync(order.Merchant).ConfigureAwait(false);
        if (answer.Status == MerchantStatus.Done)
        {
            if (order.Offer?.Price is { } price)
            {
                services.Trip.Add(price);
            }

            await CloseAsync(order, OrderState.Placed, answer.Reason, order.Phrases.Placed(order.Summary, order.Offer?.Merchant ?? "")).ConfigureAwait(false);
            return;
        }

        var clause = answer.Status == MerchantStatus.NotConfigured ? order.Phrases.NoMerchant(order.Merchant.Need)
            : answer.Reason == AgentReasons.MerchantSilent ? order.Phrases.MerchantSilent(order.Summary)
            : order.Phrases.MerchantFailed;
        await CloseAsync(order, answer.Reason == AgentReasons.MerchantSilent ? OrderState.Unknown : OrderState.Failed, answer.Reason, clause).ConfigureAwait(false);
    }

    private MerchantOrder? TakeWaiting(Predicate<MerchantOrder> fits)
    {
        lock (_gate)
        {
            if (_waiting is null || !fits(_waiting))
            {
                return null;
            }

            var order = _waiting;
            _waiting = null;
            return order;
        }
    }

    private Task<string> AskAgainAsync(Phrases phrases, SpeakerZone zone, string questionId) =>
        voice.SayAsync(phrases, [], phrases.NotAYes, voice.Frame("", zone, questionId));

    private async Task CloseAsync(MerchantOrder order, OrderState state, string reason, string clause)
    {
        await recorder.PublishAsync(order.Status(state, reason)).ConfigureAwait(false);
        await voice.SayAsync(order.Phrases, [clause], null, voice.Frame(order.Request.UtteranceId ?? "", order.Request.Zone)).ConfigureAwait(false);
    }

    private async Task EndDeferralAsync(DeferredItem item, OrderState state, string reason)
    {
        recorder.Noted(AuditKind.DeferralEnded, reason, deferralId: item.Id, tool: item.Request.ToolName, utteranceId: item.Request.UtteranceId);
        await recorder.PublishAsync(new OrderStatus(item.Id, state, item.Request.Summary, reason)).ConfigureAwait(false);
    }

    private string NewId() => Guid.CreateVersion7(services.Time.GetUtcNow()).ToString();
}
