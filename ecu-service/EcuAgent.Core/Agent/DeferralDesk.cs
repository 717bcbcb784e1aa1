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
/// Keeps requests until the car is parked, and then asks whether they shall be taken up, those of one utterance together. A yes to that binds
/// nobody: each is judged, quoted and read back like a new one.
/// </summary>
internal sealed class DeferralDesk(AgentServices services, AgentOptions options, Recorder recorder, Voice voice, AgentTally tally)
{
    private const string Offered = "deferral_offered";

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

    /// <summary>Keeps a call until the car is parked, for the seat that wanted it; left out: the one that spoke.</summary>
    public Task DeferAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, SpeakerZone? seat = null) => DeferAsync(
        turn,
        part,
        new DeferralRequest
        {
            UtteranceId = turn.Utterance.UtteranceId,
            ToolName = tool.Name,
            ArgumentsJson = CanonicalArguments.Write(tool, arguments),
            ActionClass = tool.ActionClass,
            Summary = turn.Phrases.Summary(tool.Name, arguments),
            Language = turn.Phrases.Language,
            Zone = seat ?? turn.Utterance.SpeakerZone,
        });

    /// <summary>Keeps a request until the car is parked.</summary>
    public async Task DeferAsync(Turn turn, TurnPart part, DeferralRequest request)
    {
        var summary = request.Summary;
        var result = services.Deferrals.Add(request);
        recorder.Noted(AuditKind.Deferred, result.ReasonCode, deferralId: result.Item?.Id ?? "", tool: request.ToolName, utteranceId: request.UtteranceId);
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
    /// Takes in the answer to a question whether requests shall be taken up. Returns those that shall; none when it is over, or asked again because
    /// the yes was not sure.
    /// </summary>
    public async Task<IReadOnlyList<DeferredItem>> AnswerAsync(ResumeQuestion resume, ConfirmationAnswer answer)
    {
        var sure = services.Policy.Current.Confirmation(DrivingState.Parked)?.MinimumConfidence ?? 1;
        if (answer.Yes && !(answer.Confidence >= sure))
        {
            await voice.SayAsync(resume.Phrases, [], resume.Phrases.NotAYes, voice.Frame("", resume.Zone, resume.Id)).ConfigureAwait(false);
            return [];
        }

        if (Close(resume.Id) is not { } closed)
        {
            return [];
        }

        var items = Finish(closed);
        if (answer.Yes)
        {
            return items;
        }

        foreach (var item in items)
        {
            await EndAsync(item, OrderState.Canceled, AgentReasons.Declined).ConfigureAwait(false);
        }

        await SayAsync(closed, items, resume.Phrases.Declined).ConfigureAwait(false);
        return [];
    }

    /// <summary>Puts a question back that the new driving state does not allow any more; the requests keep waiting.</summary>
    public async Task ObserveAsync(GateSituation situation)
    {
        services.Deferrals.Observe(situation.State);
        if (situation.State == DrivingState.Parked || Close() is not { } resume)
        {
            return;
        }

        foreach (var item in resume.Items)
        {
            recorder.Noted(AuditKind.QuestionRevoked, GateReason.ConsentRevoked.Code(), resume.Id, item.Id, item.Request.ToolName);
            await recorder.PublishAsync(new OrderStatus(item.Id, OrderState.Deferred, item.Request.Summary, GateReason.ConsentRevoked.Code())).ConfigureAwait(false);
        }

        await SayAsync(resume, resume.Items, resume.Phrases.Deferred).ConfigureAwait(false);
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
            if (_resume is { } open)
            {
                DeferredItem[] left = [.. open.Items.Where(item => item.Id != waiting.Id)];
                _resume = left.Length > 0 ? open with { Items = left } : null;
            }
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

    // The open question, or the one with this id; nobody else has it then.
    private ResumeQuestion? Close(string? id = null)
    {
        lock (_gate)
        {
            if (_resume is not { } open || (id is not null && open.Id != id))
            {
                return null;
            }

            _resume = null;
            return open;
        }
    }

    private List<DeferredItem> Finish(ResumeQuestion resume) => [.. resume.Items.Where(item => services.Deferrals.Finish(item.Id))];

    private async Task OfferNextAsync()
    {
        ResumeQuestion question;
        lock (_gate)
        {
            // One question at a time: the next offer waits until the present one is answered.
            if (_resume is not null || services.Confirmations.Current is not null || services.Deferrals.NextOffer() is not [var first, ..] items)
            {
                return;
            }

            question = _resume = new ResumeQuestion(services.NewId(), items, Phrases.For(first.Request.Language, ""), services.Time.GetTimestamp());
        }

        foreach (var item in question.Items)
        {
            recorder.Noted(AuditKind.DeferralOffered, Offered, question.Id, item.Id, item.Request.ToolName, item.Request.UtteranceId);
            await recorder.PublishAsync(new OrderStatus(item.Id, OrderState.AwaitingConfirmation, item.Request.Summary, Offered)).ConfigureAwait(false);
        }

        await voice.SayAsync(
            question.Phrases,
            [],
            question.Phrases.Resume([.. question.Items.Select(item => item.Request.Summary)]),
            voice.Frame("", question.Zone, question.Id)).ConfigureAwait(false);
    }

    private async Task EndSilentAsync()
    {
        ResumeQuestion? silent;
        lock (_gate)
        {
            silent = _resume is { } open && services.Time.GetElapsedTime(open.Asked) >= options.QuestionOpenFor ? open : null;
        }

        if (silent is null || Close(silent.Id) is not { } closed)
        {
            return;
        }

        var items = Finish(closed);
        foreach (var item in items)
        {
            await EndAsync(item, OrderState.Expired, "no_answer").ConfigureAwait(false);
        }

        await SayAsync(closed, items, closed.Phrases.QuestionExpired).ConfigureAwait(false);
    }

    private async Task SayAsync(ResumeQuestion about, IReadOnlyList<DeferredItem> items, Func<string, string> clause)
    {
        if (items.Count > 0)
        {
            await voice.SayAsync(about.Phrases, [.. items.Select(item => clause(item.Request.Summary))], null, voice.Frame("", about.Zone)).ConfigureAwait(false);
        }
    }
}
