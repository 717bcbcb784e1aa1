using EcuAgent.Core.Agent.Errands;
using EcuAgent.Core.Agent.Purchases;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Brings one checked call before the gate and carries out what the gate lets through.</summary>
internal sealed class CallExecutor(
    AgentServices services,
    AgentOptions options,
    CommandRunner commands,
    NavigationCalls navigation,
    Surroundings surroundings,
    CommerceDesk commerce,
    PaymentAnswers payments,
    Recorder recorder,
    AgentTally tally,
    ILogger logger)
{
    private readonly CallGuard _guard = new(tally, logger);

    /// <summary>Judges and carries out. A fault of ours is logged and told; it does not stop the other calls of the utterance.</summary>
    public async Task RunAsync(Turn turn, PlannedCall call, CancellationToken cancellationToken)
    {
        var part = turn.Add(call.Proposal.Name);
        if (!call.Check.IsValid || call.Check.Tool is not { } tool)
        {
            await RefuseInvalidAsync(turn, part, call).ConfigureAwait(false);
            return;
        }

        if (call.Check.Dropped.Count > 0)
        {
            // An amount that only the model came up with: nothing is proposed, deferred or read back before the person has named it.
            await AskAsync(turn, part, tool, AgentReasons.AmountNotSaid, turn.Phrases.HowMuch).ConfigureAwait(false);
            return;
        }

        var dated = DatedCall.Of(turn, tool, call.Check.Arguments);
        switch (dated.Reason)
        {
            case AgentReasons.DayUnclear:
                await AskAsync(turn, part, tool, dated.Reason, turn.Phrases.WhichDay).ConfigureAwait(false);
                return;
            case AgentReasons.OnlyToday:
                part.ReasonCode = dated.Reason;
                await recorder.OwnAsync(DecisionKind.Deny, dated.Reason, turn.Utterance, tool.Name, tool.ActionClass).ConfigureAwait(false);
                part.Clauses.Add(turn.Phrases.OnlyToday);
                return;
        }

        await _guard.RunAsync(turn, part, tool.Name, () => JudgeAsync(turn, part, tool, dated.Arguments, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the calls that the turn collected as errands together.</summary>
    public async Task RunErrandsAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (turn.Errands is not [var first, ..] drafts)
        {
            return;
        }

        turn.Errands = null;
        await _guard.RunAsync(
            turn,
            first.Part,
            first.Tool.Name,
            async () =>
            {
                if (await commerce.TakeErrandsAsync(turn, drafts, cancellationToken).ConfigureAwait(false) is not { } alone)
                {
                    return;
                }

                if (alone.Tool.Name == ToolNames.AddStop)
                {
                    await navigation.ToNamedAsync(
                        turn, alone.Part, alone.Request, NavigationAction.AddStop, alone.Arguments.Text("destination")!, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await commerce.ProposeAsync(turn, alone.Part, alone.Tool, alone.Arguments, alone.Request, cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task RefuseInvalidAsync(Turn turn, TurnPart part, PlannedCall call)
    {
        tally.Add(AgentCount.CallsInvalid);
        part.ReasonCode = AgentReasons.CallInvalid;
        var tool = call.Check.Tool?.Name ?? "";
        Log.CallInvalid(logger, tool, turn.Utterance.UtteranceId, string.Join(",", call.Check.Faults.Select(fault => fault.Rule)));
        await recorder.OwnAsync(DecisionKind.Deny, AgentReasons.CallInvalid, turn.Utterance, tool).ConfigureAwait(false);
        turn.TryAsk(turn.Phrases.NotUnderstood, "");
    }

    // What only the person can say. A reply asks one question.
    private async Task AskAsync(Turn turn, TurnPart part, ToolDefinition tool, string reason, string question)
    {
        part.ReasonCode = reason;
        await recorder.OwnAsync(DecisionKind.Ask, reason, turn.Utterance, tool.Name, tool.ActionClass).ConfigureAwait(false);
        if (!turn.TryAsk(question, ""))
        {
            part.Clauses.Add(turn.Phrases.QuestionOpen);
        }
    }

    private async Task JudgeAsync(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var request = new GateRequest
        {
            ActionClass = tool.ActionClass,
            ToolName = tool.Name,
            UtteranceId = turn.Utterance.UtteranceId,
            Channel = InputChannel.Voice,
            Zone = turn.Utterance.SpeakerZone,
            AsrConfidence = turn.Utterance.AsrConfidence,
            TermsKey = CanonicalArguments.Write(tool, arguments),
        };
        var decision = ActionGate.Decide(request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
        part.Decision = decision;
        part.ReasonCode = decision.Reason.Code();
        if (decision.Limits.MaxSentences is { } most)
        {
            turn.MaxSentences = Math.Min(most, turn.MaxSentences ?? most);
        }

        // Calls that end in a command are recorded once, together with the id of the command.
        if (!(decision.IsAllowed && tool.ActionClass is ActionClass.Comfort or ActionClass.Navigate))
        {
            await recorder.DecidedAsync(AuditKind.Decision, request, decision).ConfigureAwait(false);
        }

        switch (decision.Kind)
        {
            case GateDecisionKind.Allow or GateDecisionKind.AllowLimited:
                await CarryOutAsync(turn, part, tool, arguments, request, decision.Limits, cancellationToken).ConfigureAwait(false);
                break;
            case GateDecisionKind.Confirm:
            case GateDecisionKind.Defer when PurchaseAsk.MayBeProposed(decision) && commerce.Serves(tool.Name):
                if (!await commerce.TryChangeAsync(turn, part, tool, arguments, request, cancellationToken).ConfigureAwait(false)
                    && !Collects(turn, part, tool, arguments, request))
                {
                    await commerce.ProposeAsync(turn, part, tool, arguments, request, cancellationToken).ConfigureAwait(false);
                }

                break;
            case GateDecisionKind.Defer:
                await commerce.DeferAsync(turn, part, tool, arguments).ConfigureAwait(false);
                break;
            default:
                tally.Add(AgentCount.CallsDenied);
                part.Clauses.Add(turn.Phrases.Denied(decision.Reason));
                break;
        }
    }

    private bool Collects(Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request)
    {
        if (turn.Errands is not { } errands || turn.ChosenOffer is not null || !ErrandDesk.IsErrand(tool, PickupWords.In(turn.Utterance.Text))
            || commerce.IsTheCart(tool, arguments))
        {
            return false;
        }

        errands.Add(new ErrandDraft(part, tool, arguments, request));
        return true;
    }

    private async Task CarryOutAsync(
        Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, GateLimits limits, CancellationToken cancellationToken)
    {
        var phrases = turn.Phrases;
        var maxOptions = Math.Min(limits.MaxOptions ?? options.MaxSpokenOptions, options.MaxSpokenOptions);
        switch (tool.Name)
        {
            case ToolNames.NavigateTo:
                await navigation.ToNamedAsync(turn, part, request, NavigationAction.SetDestination, arguments.Text("destination")!, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.AddStop when Collects(turn, part, tool, arguments, request):
                break;
            case ToolNames.AddStop:
                await navigation.ToNamedAsync(turn, part, request, NavigationAction.AddStop, arguments.Text("destination")!, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.NavigateToSaved:
                await navigation.ToSavedAsync(turn, part, request, arguments.Text("place") == "home", cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.CancelNavigation:
                await navigation.ChangeRouteAsync(turn, part, request, NavigationAction.Cancel, RouteAvoidance.Nothing, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.SetRouteAvoidance:
                await navigation.ChangeRouteAsync(
                    turn, part, request, NavigationAction.SetAvoidance, Enum.Parse<RouteAvoidance>(arguments.Text("avoid")!, ignoreCase: true), cancellationToken)
                    .ConfigureAwait(false);
                break;
            case ToolNames.SearchPlaces:
                await navigation.SearchAsync(turn, part, request, arguments, maxOptions, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.IdentifyPlace:
                await surroundings.IdentifyAsync(turn, part, request, arguments.Text("side")!, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.ChooseOption when commerce.Choose(arguments.Text("which")!, turn.Offered?.Asked) is { } chosen:
                turn.ChosenOffer = chosen.Offer;
                await JudgeAsync(turn, part, chosen.Tool, chosen.Arguments, cancellationToken).ConfigureAwait(false);

                // The next call of the turn is about something else.
                turn.ChosenOffer = null;
                break;
            case ToolNames.ChooseOption:
                await navigation.ChooseAsync(turn, part, arguments.Text("which")!, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.GetRouteInfo when arguments.Text("place") is { } place:
                await navigation.WhereIsAsync(turn, part, request, place, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.GetRouteInfo:
                part.Clauses.Add(StatusAnswers.Route(phrases, arguments.Text("about")!, services.Snapshot()));
                break;
            case ToolNames.GetClimateStatus:
                part.Clauses.Add(StatusAnswers.Climate(phrases, arguments.Text("about")!, services.Snapshot()));
                break;
            case ToolNames.GetVehicleStatus:
                part.Clauses.Add(StatusAnswers.Vehicle(phrases, arguments.Text("about")!, services.Snapshot()));
                break;
            case ToolNames.TrackParcel when Collects(turn, part, tool, arguments, request):
                await commerce.BrowseAsync(turn, part, tool, arguments, request, maxOptions, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.SearchFood or ToolNames.SearchHotels or ToolNames.SearchTickets or ToolNames.TrackParcel or ToolNames.AddToCart or ToolNames.CancelOrder:
                await commerce.BrowseAsync(turn, part, tool, arguments, request, maxOptions, cancellationToken).ConfigureAwait(false);
                break;
            case ToolNames.GetPaymentInfo:
                part.Clauses.Add(await payments.TellAsync(phrases, arguments.Text("about")!, cancellationToken).ConfigureAwait(false));
                break;
            case ToolNames.SetupAccount:
                part.Clauses.Add(phrases.Setup(arguments.Text("what")!));
                break;
            case ToolNames.OtherVehicleFunction:
                part.Clauses.Add(phrases.OtherFunction(arguments.Text("function")!));
                break;
            case ToolNames.Chat:
                part.Clauses.Add(phrases.Chat(arguments.Text("topic")!));
                break;
            case ToolNames.Refuse:
                part.Clauses.Add(phrases.Refuse(arguments.Text("reason")!));
                break;
            case ToolNames.Clarify:
                part.ReasonCode = AgentReasons.Clarify;
                await recorder.OwnAsync(DecisionKind.Ask, AgentReasons.Clarify, turn.Utterance, tool.Name).ConfigureAwait(false);
                turn.TryAsk(phrases.Clarify(arguments.Text("about")!), "");
                break;
            default:
                await commands.IssueAsync(
                    turn, part, request, HvacCalls.Commands(tool.Name, arguments, turn.Utterance.SpeakerZone, commands.Stamp(turn.Utterance)), cancellationToken)
                    .ConfigureAwait(false);
                break;
        }
    }
}
