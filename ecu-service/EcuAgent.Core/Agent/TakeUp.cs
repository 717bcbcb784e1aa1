using EcuAgent.Core.Agent.Errands;
using EcuAgent.Core.Agent.Purchases;
using EcuAgent.Core.Agent.Tools;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Takes up requests that waited for the car to be parked. Each is judged like a new one: what was true when it was deferred proves nothing now.
/// Several purchases become errands of one plan.
/// </summary>
internal sealed class TakeUp(
    AgentServices services,
    PurchaseDesk purchases,
    DeferralDesk deferrals,
    ErrandDesk errands,
    ToolDesk tools,
    Recorder recorder,
    TurnReply reply)
{
    /// <summary>Takes up the requests of a question that was answered with yes, and says what came of it.</summary>
    /// <param name="resume">The question, with the requests that still wait.</param>
    /// <param name="confidence">How sure the recognizer was of the yes.</param>
    /// <param name="carryOut">Carries out what binds nobody.</param>
    public async Task TakeAsync(ResumeQuestion resume, double? confidence, Func<Turn, ErrandDraft, Task> carryOut)
    {
        var utterance = new Utterance
        {
            UtteranceId = resume.UtteranceId,
            Text = "",
            AsrConfidence = confidence ?? 0,
            Language = resume.Phrases.Language,
            SpeakerZone = resume.Zone,
        };
        var turn = new Turn(utterance, resume.Phrases, services.Time);
        var drafts = new List<(DeferredItem Item, ErrandDraft Draft)>();
        foreach (var item in resume.Items)
        {
            if (await JudgeAsync(turn, item, confidence, carryOut).ConfigureAwait(false) is { } draft)
            {
                drafts.Add((item, draft));
            }
        }

        if (drafts.Count > 0)
        {
            await ProposeAsync(turn, drafts).ConfigureAwait(false);
        }

        await reply.SayAsync(turn).ConfigureAwait(false);
    }

    private async Task<ErrandDraft?> JudgeAsync(Turn turn, DeferredItem item, double? confidence, Func<Turn, ErrandDraft, Task> carryOut)
    {
        if (tools.Find(item.Request) is { } sentence)
        {
            var part = turn.Add(item.Request.ToolName);
            await tools.RunAsync(turn, part, sentence, CancellationToken.None).ConfigureAwait(false);
            await deferrals.EndAsync(item, OrderState.Canceled, part.ReasonCode).ConfigureAwait(false);
            return null;
        }

        if (!services.Catalogue.TryGet(item.Request.ToolName, out var tool))
        {
            return null;
        }

        var request = new GateRequest
        {
            ActionClass = tool.ActionClass,
            ToolName = tool.Name,
            UtteranceId = item.Request.UtteranceId,
            Channel = InputChannel.Voice,
            Zone = item.Request.Zone,
            AsrConfidence = confidence,
            TermsKey = item.Request.ArgumentsJson,
        };
        var draft = new ErrandDraft(turn.Add(tool.Name), tool, CanonicalArguments.Read(tool, item.Request.ArgumentsJson), request);
        var decision = ActionGate.Decide(request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
        draft.Part.ReasonCode = decision.Reason.Code();
        await recorder.DecidedAsync(AuditKind.Decision, request, decision).ConfigureAwait(false);
        if (PurchaseAsk.MayBeProposed(decision))
        {
            return draft;
        }

        switch (decision.Kind)
        {
            case GateDecisionKind.Deny:
                draft.Part.Clauses.Add(turn.Phrases.Denied(decision.Reason));
                break;
            case GateDecisionKind.Defer:
                await DeferAgainAsync(turn, draft).ConfigureAwait(false);
                break;
            default:
                await carryOut(turn, draft).ConfigureAwait(false);
                break;
        }

        await deferrals.EndAsync(item, OrderState.Canceled, draft.Part.ReasonCode).ConfigureAwait(false);
        return null;
    }

    private async Task ProposeAsync(Turn turn, List<(DeferredItem Item, ErrandDraft Draft)> drafts)
    {
        var alone = await errands.TakeAsync(turn, [.. drafts.Select(taken => taken.Draft)], CancellationToken.None).ConfigureAwait(false);
        foreach (var (item, draft) in drafts)
        {
            if (draft != alone)
            {
                await deferrals.EndAsync(item, OrderState.Canceled, AgentReasons.PlannedTogether).ConfigureAwait(false);
            }
            else if (await IsProposedAsync(turn, item, draft).ConfigureAwait(false))
            {
                // A proposal has published the order under the same id already.
                deferrals.NoteEnd(item, draft.Part.ReasonCode);
            }
            else
            {
                await DeferAgainAsync(turn, draft).ConfigureAwait(false);
                await deferrals.EndAsync(item, OrderState.Canceled, draft.Part.ReasonCode).ConfigureAwait(false);
            }
        }
    }

    // While another question is open it would only be refused, and be lost.
    private async Task<bool> IsProposedAsync(Turn turn, DeferredItem item, ErrandDraft draft) => services.Confirmations.Current is null
        && await purchases.ProposeAsync(
            turn, draft.Part, new PurchaseAsk(draft.Tool, draft.Arguments, draft.Request) { OrderId = item.Id }, CancellationToken.None).ConfigureAwait(false)
            != Proposal.Deferred;

    private Task DeferAgainAsync(Turn turn, ErrandDraft draft) => deferrals.DeferAsync(turn, draft.Part, draft.Tool, draft.Arguments);
}
