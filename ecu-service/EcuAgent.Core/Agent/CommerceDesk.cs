using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Everything that has to do with buying, in one place for the agent: searches, purchases, what waits until the car is parked, and orders.
/// Remembers the last offers, so that "the second one" means something.
/// </summary>
internal sealed class CommerceDesk(
    AgentServices services,
    AgentOptions options,
    OfferFinder finder,
    PurchaseDesk purchases,
    DeferralDesk deferrals,
    ErrandDesk errands,
    OrderBook orders,
    Recorder recorder,
    Voice voice)
{
    private readonly Lock _gate = new();
    private OfferChoice? _choice;
    private PowerModeKind _power;

    /// <summary>True while errands are planned together.</summary>
    public bool HasPlan => errands.HasPlan;

    /// <summary>Searches, order status and cancellations, which bind nobody.</summary>
    public Task BrowseAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, int maxOptions, CancellationToken cancellationToken) =>
        tool.Name switch
        {
            ToolNames.CancelOrder => CancelAsync(turn, part, arguments, cancellationToken),
            ToolNames.TrackParcel => orders.TrackAsync(turn, part, arguments.Text("item"), maxOptions, cancellationToken),
            ToolNames.AddToCart => purchases.PrepareAsync(turn, part, tool, arguments, request, cancellationToken),
            _ => SearchAsync(turn, part, tool, arguments, maxOptions, cancellationToken),
        };

    /// <summary>Keeps a call until the car is parked.</summary>
    public Task DeferAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments) => deferrals.DeferAsync(turn, part, tool, arguments);

    /// <summary>A commit that the gate wants confirmed.</summary>
    public async Task ProposeAsync(
        Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, CancellationToken cancellationToken)
    {
        var ask = new PurchaseAsk(tool, arguments, request) { Chosen = turn.ChosenOffer };
        if (await purchases.ProposeAsync(turn, part, ask, cancellationToken).ConfigureAwait(false) == Proposal.Deferred)
        {
            await deferrals.DeferAsync(turn, part, tool, arguments).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a commit that the gate wants confirmed as a change of the order that is being read back. False when it is none.</summary>
    public async Task<bool> TryChangeAsync(
        Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, CancellationToken cancellationToken)
    {
        var ask = new PurchaseAsk(tool, arguments, request) { Chosen = turn.ChosenOffer };
        if (await purchases.TryChangeAsync(turn, part, ask, cancellationToken).ConfigureAwait(false) is not var (what, order))
        {
            return false;
        }

        if (what == Proposal.Deferred)
        {
            await deferrals.DeferAsync(turn, part, tool, order.Arguments).ConfigureAwait(false);
        }

        if (what != Proposal.Asked)
        {
            await errands.OnEndedAsync(new EndedPurchase(order, PurchaseEnd.Dropped), turn).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>True when the calls of a turn are several errands.</summary>
    public bool ExpectsErrands(Plan plan, string said) => errands.Expects(plan, said);

    /// <summary>Takes several errands together; returns one that is alone after all.</summary>
    public Task<ErrandDraft?> TakeErrandsAsync(Turn turn, IReadOnlyList<ErrandDraft> drafts, CancellationToken cancellationToken) =>
        errands.TakeAsync(turn, drafts, cancellationToken);

    /// <summary>True when some merchant serves what a tool is about.</summary>
    public bool Serves(string tool) => services.Purchases?.Merchants.Merchants(Needs.OfTool(tool)).Count > 0;

    /// <summary>
    /// The commit call that a word of <c>choose_option</c> means, when offers were told more lately than places; null when none were told, or
    /// the word does not decide.
    /// </summary>
    public (ToolDefinition Tool, ToolArguments Arguments, RankedOffer Offer)? Choose(string which, long? placesTold)
    {
        OfferChoice? choice;
        lock (_gate)
        {
            choice = _choice;
        }

        if (choice is null || services.Time.GetElapsedTime(choice.Told) > options.QuestionOpenFor || placesTold > choice.Told
            || choice.Pick(which) is not { } offer || !services.Catalogue.TryGet(CommitToolOf(choice.Tool), out var tool))
        {
            return null;
        }

        return (tool, ArgumentsOf(choice, offer), offer);
    }

    /// <summary>Takes in an answer. False when neither of the open questions here is meant.</summary>
    public async Task<bool> AnswerAsync(ConfirmationAnswer answer)
    {
        if (deferrals.Find(answer.QuestionId) is not { } resume)
        {
            return await GoOnAsync(await purchases.AnswerAsync(answer).ConfigureAwait(false)).ConfigureAwait(false);
        }

        if (await deferrals.AnswerAsync(resume, answer).ConfigureAwait(false) is { } tool)
        {
            await TakeUpAsync(resume, answer, tool).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Revokes what the new situation does not allow any more.</summary>
    public async Task OnSituationChangedAsync()
    {
        var situation = SituationReader.Read(services.Snapshot());
        await GoOnAsync(await purchases.ObserveAsync(situation).ConfigureAwait(false)).ConfigureAwait(false);
        await deferrals.ObserveAsync(situation).ConfigureAwait(false);
    }

    /// <summary>Ends questions and deferrals that ran out, and takes up the next deferred request when the car is steadily parked.</summary>
    public async Task TickAsync()
    {
        await OnSituationChangedAsync().ConfigureAwait(false);
        await WatchTripAsync().ConfigureAwait(false);
        await GoOnAsync(await purchases.EndExpiredAsync().ConfigureAwait(false)).ConfigureAwait(false);
        await errands.TickAsync(deferrals.IsAsking).ConfigureAwait(false);
        await deferrals.TickAsync(mayAsk: !errands.HasWaiting).ConfigureAwait(false);
    }

    // False when nothing was meant here.
    private async Task<bool> GoOnAsync(EndedPurchase? ended)
    {
        if (ended is null)
        {
            return false;
        }

        await errands.OnEndedAsync(ended).ConfigureAwait(false);
        return true;
    }

    private static string CommitToolOf(string tool) => tool switch
    {
        ToolNames.SearchHotels => ToolNames.BookHotel,
        ToolNames.SearchTickets => ToolNames.BookTicket,
        _ => ToolNames.OrderFood,
    };

    // The words of the search, and the offer by its own name, so that a request that waits finds it again.
    private static ToolArguments ArgumentsOf(OfferChoice choice, RankedOffer offer)
    {
        var values = new Dictionary<string, object>(choice.Arguments.Values, StringComparer.Ordinal);
        var (merchant, title) = (offer.Candidate.Merchant.Name, offer.Candidate.Offer.Title);
        switch (choice.Tool)
        {
            case ToolNames.SearchHotels:
                values["place"] = merchant;
                break;
            case ToolNames.SearchTickets:
                values["what"] = title;
                break;
            default:
                values["item"] = title;
                values["merchant"] = merchant;
                break;
        }

        return new ToolArguments(values);
    }

    private async Task SearchAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, int maxOptions, CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync(tool.Name, arguments, cancellationToken).ConfigureAwait(false);
        var told = found.Offers.Take(maxOptions).ToList();
        lock (_gate)
        {
            _choice = told.Count > 0 ? new OfferChoice(tool.Name, arguments, told, services.Time.GetTimestamp()) : null;
        }

        turn.Sponsored |= told.Exists(offer => offer.IsSponsored);
        part.ReasonCode = found.Reason == CommerceReasons.Done ? part.ReasonCode : found.Reason;
        part.Clauses.Add(found.Reason switch
        {
            CommerceReasons.Done => turn.Phrases.Offers([.. told.Select(turn.Phrases.Offer)]),
            CommerceReasons.NotConfigured => turn.Phrases.NoMerchant(Needs.OfTool(tool.Name)),
            AgentReasons.PlaceNotFound => turn.Phrases.PlaceNotFound(arguments.Text("place") ?? ""),
            AgentReasons.PlacesUnavailable => turn.Phrases.PlacesUnavailable,
            AgentReasons.DestinationUnknown => turn.Phrases.NoRoute,
            AgentReasons.MerchantsFailed or AgentReasons.MerchantSilent => turn.Phrases.MerchantsUnavailable,
            _ => turn.Phrases.NothingOffered,
        });
    }

    /// <summary>
    /// Takes back what was asked for: an order that waits for its yes or a request that waits for the car to be parked is dropped, which costs
    /// nothing; otherwise the merchant is asked.
    /// </summary>
    private async Task CancelAsync(Turn turn, TurnPart part, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var need = Needs.OfKind(arguments.Text("kind"));
        if (await purchases.CancelWaitingAsync(need).ConfigureAwait(false) is { } open)
        {
            part.Clauses.Add(turn.Phrases.Declined(open.Summary));
            await errands.OnEndedAsync(new EndedPurchase(open, PurchaseEnd.Dropped), turn).ConfigureAwait(false);
        }
        else if (await errands.CancelWaitingAsync(turn, need).ConfigureAwait(false) is not null)
        {
            part.ReasonCode = AgentReasons.Declined;
        }
        else if (await deferrals.CancelNewestAsync(need).ConfigureAwait(false) is { } waiting)
        {
            part.Clauses.Add(turn.Phrases.Declined(waiting.Request.Summary));
        }
        else
        {
            await orders.WithdrawAsync(turn, part, arguments, cancellationToken).ConfigureAwait(false);
        }
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
        var isProposed = decision.Kind == GateDecisionKind.Confirm
            && await purchases.ProposeAsync(turn, part, new PurchaseAsk(tool, arguments, request) { OrderId = resume.Item.Id }, CancellationToken.None)
                .ConfigureAwait(false) != Proposal.Deferred;
        if (isProposed)
        {
            // A proposal has published the order under the same id already.
            deferrals.NoteEnd(resume.Item, part.ReasonCode);
        }
        else
        {
            await JudgedOtherwiseAsync(turn, part, tool, arguments, request, decision).ConfigureAwait(false);
            await deferrals.EndAsync(resume.Item, OrderState.Canceled, part.ReasonCode).ConfigureAwait(false);
        }

        await voice.SayAsync(
            turn.Phrases, part.Clauses, turn.Question, voice.Frame(deferred.UtteranceId, deferred.Zone, turn.QuestionId, turn.Sponsored)).ConfigureAwait(false);
    }

    private async Task JudgedOtherwiseAsync(
        Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, GateDecision decision)
    {
        switch (decision.Kind)
        {
            case GateDecisionKind.Deny:
                part.Clauses.Add(turn.Phrases.Denied(decision.Reason));
                break;
            case GateDecisionKind.Defer or GateDecisionKind.Confirm:
                await deferrals.DeferAsync(turn, part, tool, arguments).ConfigureAwait(false);
                break;
            default:
                await BrowseAsync(turn, part, tool, arguments, request, options.MaxSpokenOptions, CancellationToken.None).ConfigureAwait(false);
                break;
        }
    }

    private static bool IsOff(PowerModeKind power) => power is PowerModeKind.Lock or PowerModeKind.Off or PowerModeKind.Accessory;

    // A trip begins when the car is switched on; a car that was on when the service started is still in a trip that nobody noted.
    private async Task WatchTripAsync()
    {
        if (services.Purchases is not { } engine || !services.Snapshot().PowerMode.TryGet(out var power))
        {
            return;
        }

        var wasOff = IsOff(_power);
        var isOff = IsOff(power);
        _power = power;
        if (isOff && !wasOff)
        {
            await errands.ForgetAsync().ConfigureAwait(false);
        }

        if (wasOff && power is PowerModeKind.On or PowerModeKind.Start)
        {
            await engine.StartTripAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
