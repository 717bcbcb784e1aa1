using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Keeps requests until the car is parked, and then asks whether each shall be taken up. A yes to that binds nobody: the request is judged,
/// quoted and read back like a new one.
/// </summary>
internal sealed class DeferralDesk(AgentServices services, AgentOptions options, Recorder recorder, Voice voice, AgentTally tally)
{
    private readonly Lock _gate = new();
    private ResumeQuestion? _resume;

    /// <summary>True while a question whether a request shall be taken up is open.</summary>
    public bool IsAsking
    {
        get
        {
            lock (_gate)
            {
                return _resume is not null;
            }
        }
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

    /// <summary>The question that an answer is for; null when none of these is meant.</summary>
    public ResumeQuestion? Find(string? questionId)
    {
        lock (_gate)
        {
            return _resume?.Id == questionId ? _resume : null;
        }
    }

    /// <summary>
    /// Takes in the answer to a question whether a request shall be taken up. Returns the request when it shall; null when it is over, or asked
    /// again because the yes was not sure.
    /// </summary>
    public async Task<ToolDefinition?> AnswerAsync(ResumeQuestion resume, ConfirmationAnswer answer)
    {
        var deferred = resume.Item.Request;
        var sure = services.Policy.Current.Confirmation(DrivingState.Parked)?.MinimumConfidence ?? 1;
        if (answer.Yes && !(answer.Confidence >= sure))
        {
            await voice.SayAsync(resume.Phrases, [], resume.Phrases.NotAYes, voice.Frame("", deferred.Zone, resume.Id)).ConfigureAwait(false);
            return null;
        }

        lock (_gate)
        {
            if (_resume != resume)
            {
                return null;
            }

            _resume = null;
        }

        if (!services.Deferrals.Finish(resume.Item.Id) || !services.Catalogue.TryGet(deferred.ToolName, out var tool))
        {
            return null;
        }

        if (answer.Yes)
        {
            return tool;
        }

        await EndAsync(resume.Item, OrderState.Canceled, AgentReasons.Declined).ConfigureAwait(false);
        await SayAsync(resume, resume.Phrases.Declined(deferred.Summary)).ConfigureAwait(false);
        return null;
    }

    /// <summary>Puts a question back that the new driving state does not allow any more; the request keeps waiting.</summary>
    public async Task ObserveAsync(GateSituation situation)
    {
        services.Deferrals.Observe(situation.State);
        ResumeQuestion? resume;
        lock (_gate)
        {
            if (situation.State == DrivingState.Parked || _resume is null)
            {
                return;
            }

            resume = _resume;
            _resume = null;
        }

        recorder.Noted(AuditKind.QuestionRevoked, GateReason.ConsentRevoked.Code(), resume.Id, resume.Item.Id, resume.Item.Request.ToolName);
        await recorder.PublishAsync(new OrderStatus(resume.Item.Id, OrderState.Deferred, resume.Item.Request.Summary, GateReason.ConsentRevoked.Code()))
            .ConfigureAwait(false);
        await SayAsync(resume, resume.Phrases.Deferred(resume.Item.Request.Summary)).ConfigureAwait(false);
    }

    /// <summary>Ends questions and requests that ran out, and asks about the next one when the car is steadily parked.</summary>
    /// <param name="mayAsk">False while something else is being asked about.</param>
    public async Task TickAsync(bool mayAsk)
    {
        await EndSilentAsync().ConfigureAwait(false);
        foreach (var item in services.Deferrals.TakeExpired())
        {
            await EndAsync(item, OrderState.Expired, "deferral_expired").ConfigureAwait(false);
            var phrases = Phrases.For(item.Request.Language, "");
            await voice.SayAsync(phrases, [phrases.DeferralExpired(item.Request.Summary)], null, voice.Frame("", item.Request.Zone)).ConfigureAwait(false);
        }

        if (mayAsk)
        {
            await OfferNextAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Drops the newest commit that waits and is of this need; the request when there was one.</summary>
    public async Task<DeferredItem?> CancelNewestAsync(MerchantNeed? need)
    {
        var waiting = services.Deferrals.TakeNewest(
            request => request.ActionClass == ActionClass.Commit && (need is null || Needs.OfTool(request.ToolName) == need));
        if (waiting is null)
        {
            return null;
        }

        lock (_gate)
        {
            _resume = _resume?.Item.Id == waiting.Id ? null : _resume;
        }

        await EndAsync(waiting, OrderState.Canceled, AgentReasons.Declined).ConfigureAwait(false);
        return waiting;
    }

    /// <summary>Records and publishes the end of a request.</summary>
    public async Task EndAsync(DeferredItem item, OrderState state, string reason)
    {
        NoteEnd(item, reason);
        await recorder.PublishAsync(new OrderStatus(item.Id, state, item.Request.Summary, reason)).ConfigureAwait(false);
    }

    /// <summary>Records the end of a request that goes on as an order under the same id.</summary>
    public void NoteEnd(DeferredItem item, string reason) =>
        recorder.Noted(AuditKind.DeferralEnded, reason, deferralId: item.Id, tool: item.Request.ToolName, utteranceId: item.Request.UtteranceId);

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

            var id = Guid.CreateVersion7(services.Time.GetUtcNow()).ToString();
            question = _resume = new ResumeQuestion(id, item, Phrases.For(item.Request.Language, ""), services.Time.GetTimestamp());
        }

        var deferred = question.Item.Request;
        recorder.Noted(AuditKind.DeferralOffered, "deferral_offered", question.Id, question.Item.Id, deferred.ToolName, deferred.UtteranceId);
        await recorder.PublishAsync(new OrderStatus(question.Item.Id, OrderState.AwaitingConfirmation, deferred.Summary, "deferral_offered")).ConfigureAwait(false);
        await voice.SayAsync(
            question.Phrases, [], question.Phrases.Resume(deferred.Summary), voice.Frame("", deferred.Zone, question.Id)).ConfigureAwait(false);
    }

    private async Task EndSilentAsync()
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
        await EndAsync(silent.Item, OrderState.Expired, "no_answer").ConfigureAwait(false);
        await SayAsync(silent, silent.Phrases.QuestionExpired(silent.Item.Request.Summary)).ConfigureAwait(false);
    }

    private Task<string> SayAsync(ResumeQuestion about, string clause) =>
        voice.SayAsync(about.Phrases, [clause], null, voice.Frame("", about.Item.Request.Zone));
}
