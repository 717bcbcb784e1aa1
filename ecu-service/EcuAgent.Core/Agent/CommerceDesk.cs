using EcuAgent.Core.Agent.Errands;
using EcuAgent.Core.Agent.Purchases;
using EcuAgent.Core.Agent.Tools;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Everything that has to do with buying, in one place for the agent: searches, purchases, what waits until the car is parked, errands and orders.
/// </summary>
internal sealed class CommerceDesk(
    AgentServices services, AgentOptions options, OfferSearch offers, PurchaseDesk purchases, DeferralDesk deferrals, TakeUp takeUp, ErrandDesk errands, OrderBook orders, ToolDesk tools)
{
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
            _ => offers.SearchAsync(turn, part, tool, arguments, maxOptions, cancellationToken),
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

    /// <summary>True for an order of what is in the cart: that is quoted already, and nothing is to be looked for.</summary>
    public bool IsTheCart(ToolDefinition tool, ToolArguments arguments) => purchases.HasCartFor(tool.Name, arguments);

    /// <summary>
    /// The commit call that a word of <c>choose_option</c> means, when offers were told more lately than places; null when none were told, or
    /// the word does not decide.
    /// </summary>
    public (ToolDefinition Tool, ToolArguments Arguments, RankedOffer Offer)? Choose(string which, long? placesTold) => offers.Choose(which, placesTold);

    /// <summary>Takes several errands together; returns one that is alone after all.</summary>
    public Task<ErrandDraft?> TakeErrandsAsync(Turn turn, IReadOnlyList<ErrandDraft> drafts, CancellationToken cancellationToken) =>
        errands.TakeAsync(turn, drafts, cancellationToken);

    /// <summary>True when some merchant serves what a tool is about.</summary>
    public bool Serves(string tool) => services.Purchases?.Merchants.Merchants(Needs.OfTool(tool)).Count > 0;

    /// <summary>Takes in an answer. False when neither of the open questions here is meant.</summary>
    public async Task<bool> AnswerAsync(ConfirmationAnswer answer)
    {
        if (deferrals.Find(answer.QuestionId) is not { } resume)
        {
            return await tools.AnswerAsync(answer).ConfigureAwait(false)
                || await GoOnAsync(await purchases.AnswerAsync(answer).ConfigureAwait(false)).ConfigureAwait(false);
        }

        if (await deferrals.AnswerAsync(resume, answer).ConfigureAwait(false) is [_, ..] items)
        {
            await takeUp.TakeAsync(
                resume with { Items = items },
                answer.Confidence,
                (turn, draft) => BrowseAsync(turn, draft.Part, draft.Tool, draft.Arguments, draft.Request, options.MaxSpokenOptions, CancellationToken.None)).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Revokes what the new situation does not allow any more.</summary>
    public async Task OnSituationChangedAsync()
    {
        var situation = SituationReader.Read(services.Snapshot());
        EndedPurchase? revoked = null;
        if (services.Confirmations.Observe(situation) is { } question && !await tools.RevokedAsync(question).ConfigureAwait(false))
        {
            revoked = await purchases.RevokedAsync(question).ConfigureAwait(false);
        }

        await deferrals.ObserveAsync(situation).ConfigureAwait(false);

        // Last: it may have to wait for a merchant of another errand.
        await GoOnAsync(revoked).ConfigureAwait(false);
    }

    /// <summary>Ends questions and deferrals that ran out, and takes up the next deferred request when the car is steadily parked.</summary>
    public async Task TickAsync()
    {
        await OnSituationChangedAsync().ConfigureAwait(false);
        await WatchTripAsync().ConfigureAwait(false);
        if (services.Confirmations.TakeExpired() is { } expired && !await tools.ExpiredAsync(expired).ConfigureAwait(false))
        {
            await GoOnAsync(await purchases.ExpiredAsync(expired).ConfigureAwait(false)).ConfigureAwait(false);
        }

        await errands.TickAsync(deferrals.IsAsking).ConfigureAwait(false);
        await deferrals.TickAsync(mayAsk: !errands.HasPlan).ConfigureAwait(false);
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

    /// <summary>
    /// Takes back what was asked for: what waits for its yes, or a request that waits for the car to be parked, is dropped, which costs nothing;
    /// otherwise the merchant is asked.
    /// </summary>
    private async Task CancelAsync(Turn turn, TurnPart part, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var need = Needs.OfKind(arguments.Text("kind"));
        if (need is null && tools.DropWaiting() is { } asked)
        {
            part.Clauses.Add(turn.Phrases.Declined(asked));
        }
        else if (await purchases.CancelWaitingAsync(need).ConfigureAwait(false) is { } open)
        {
            part.Clauses.Add(turn.Phrases.Declined(open.Summary));
            await errands.OnEndedAsync(new EndedPurchase(open, PurchaseEnd.Dropped), turn).ConfigureAwait(false);
        }
        else if (await errands.CancelWaitingAsync(turn, need).ConfigureAwait(false))
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
