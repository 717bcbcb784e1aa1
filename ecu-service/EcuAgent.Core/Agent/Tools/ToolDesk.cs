using EcuAgent.Core.Audit;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;
using EcuAgent.Core.Tools;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent.Tools;

/// <summary>
/// Tools of others that are asked for by a sentence. The gate is asked before anything is asked of a server, with the class of the file; again with
/// the class that the tool's definition has now; and at the instant in which the call leaves. What binds or sets something up is read back, and
/// called after a yes, once. What a tool writes is quoted and goes nowhere else: not to the model, not to the memory of the dialogue, not to a log.
/// </summary>
internal sealed class ToolDesk(
    AgentServices services, AgentOptions options, CommandRunner commands, DeferralDesk deferrals, Recorder recorder, Voice voice, AgentTally tally, ILogger logger)
{
    private readonly ToolSentences? _sentences = services.Tools is { } port ? new ToolSentences(port.Spoken) : null;
    private readonly ToolCaller? _caller = services.Tools is { } port ? new ToolCaller(services, port, options, recorder, logger) : null;
    private readonly CallGuard _guard = new(tally, logger);
    private readonly Lock _gate = new();

    // One question is open at a time; beside it at most those are kept whose questions ended a moment ago and were not reported yet.
    private readonly Dictionary<string, PendingTool> _waiting = new(StringComparer.Ordinal);

    /// <summary>The tool that an utterance asks for, without asking anybody.</summary>
    public ToolMatch Match(string text, string language) => _sentences?.Find(text, language) ?? default;

    /// <summary>The call that a deferred request is; null where it is none of a tool of others.</summary>
    public ToolSentence? Find(DeferralRequest request) =>
        services.Tools?.Spoken.FirstOrDefault(tool => tool.FullName == request.ToolName)?.With(request.ArgumentsJson);

    /// <summary>Begins with a call; its end is waited for before the turn's reply, and not by the next utterance.</summary>
    public void Start(Turn turn, ToolSentence sentence, CancellationToken cancellationToken)
    {
        var part = turn.Add(sentence.Tool.FullName);
        part.Running.Add(RunAsync(turn, part, sentence, cancellationToken));
    }

    /// <summary>Takes a call as far as it goes now: to its outcome, to its read-back, or to a refusal. A fault of ours is logged and told.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task RunAsync(Turn turn, TurnPart part, ToolSentence sentence, CancellationToken cancellationToken) =>
        _guard.RunAsync(turn, part, sentence.Tool.FullName, () => JudgeAsync(turn, part, sentence, cancellationToken), cancellationToken);

    /// <summary>Takes in an answer. False when no open question here is meant.</summary>
    public async Task<bool> AnswerAsync(ConfirmationAnswer answer)
    {
        if (answer.QuestionId is not { } questionId || Find(questionId) is null)
        {
            return false;
        }

        var result = services.Confirmations.Answer(answer, SituationReader.Read(services.Snapshot()));
        recorder.Noted(AuditKind.QuestionAnswered, result.Reason.Code(), questionId);
        if ((result.Kind == AnswerKind.NotAYes ? Find(questionId) : Take(questionId)) is not { } pending)
        {
            return true;
        }

        switch (result.Kind)
        {
            case AnswerKind.Accepted:
                await CallAsync(pending).ConfigureAwait(false);
                break;
            case AnswerKind.NotAYes:
                await voice.SayAsync(pending.Phrases, [], pending.Phrases.NotAYes, voice.Frame("", pending.Call.Zone, questionId)).ConfigureAwait(false);
                break;
            case AnswerKind.Declined:
                await SayAsync(pending, pending.Phrases.Declined(pending.Summary)).ConfigureAwait(false);
                break;
            case AnswerKind.Revoked:
                await SayAsync(pending, pending.Phrases.Revoked(pending.Summary)).ConfigureAwait(false);
                break;
            default:
                await SayAsync(pending, pending.Phrases.QuestionExpired(pending.Summary)).ConfigureAwait(false);
                break;
        }

        return true;
    }

    /// <summary>Ends the call of a question that was revoked. False where it is none of these.</summary>
    public async Task<bool> RevokedAsync(OpenQuestion revoked)
    {
        if (Take(revoked.Id) is not { } pending)
        {
            return false;
        }

        recorder.Noted(AuditKind.QuestionRevoked, GateReason.ConsentRevoked.Code(), revoked.Id);
        await SayAsync(pending, pending.Phrases.Revoked(pending.Summary)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends the call of a question that ran out. False where it is none of these.</summary>
    public async Task<bool> ExpiredAsync(OpenQuestion expired)
    {
        if (Take(expired.Id) is not { } pending)
        {
            return false;
        }

        recorder.Noted(AuditKind.QuestionExpired, GateReason.ConsentExpired.Code(), expired.Id);
        await SayAsync(pending, pending.Phrases.QuestionExpired(pending.Summary)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Drops the call that waits for its yes; what it was, null when there was none.</summary>
    public string? DropWaiting()
    {
        if (services.Confirmations.Current is not { } question || Take(question.Id) is not { } pending)
        {
            return null;
        }

        services.Confirmations.Withdraw(question.Id);
        recorder.Noted(AuditKind.QuestionAnswered, AgentReasons.Declined, question.Id);
        return pending.Summary;
    }

    private PendingTool? Find(string questionId)
    {
        lock (_gate)
        {
            return _waiting.GetValueOrDefault(questionId);
        }
    }

    // Whoever gets it ends it, so that two answers cannot call twice.
    private PendingTool? Take(string questionId)
    {
        lock (_gate)
        {
            return _waiting.Remove(questionId, out var pending) ? pending : null;
        }
    }

    private async Task JudgeAsync(Turn turn, TurnPart part, ToolSentence sentence, CancellationToken cancellationToken)
    {
        var (tool, utterance) = (sentence.Tool, turn.Utterance);
        var call = new ToolCall(tool.Server, tool.Name, sentence.Arguments)
        {
            UtteranceId = utterance.UtteranceId,
            Channel = InputChannel.Voice,
            Zone = utterance.SpeakerZone,
            AsrConfidence = utterance.AsrConfidence,
            Amount = sentence.Amount,
        };
        var pending = new PendingTool(call, commands.Stamp(utterance).NewId(), new ToolWords(tool.ServerName, tool.Name, sentence.Words, sentence.Amount), turn.Phrases);

        // What the file's own class does not let through now is not worth a connection; a definition can only make it stricter.
        var terms = new ToolTerms(tool.Class, ToolReasons.Allowed, sentence.Arguments);
        var decision = Judge(part, call.RequestFor(terms));
        if (decision.Kind is not (GateDecisionKind.Deny or GateDecisionKind.Defer))
        {
            var check = await _caller!.CheckAsync(call, cancellationToken).ConfigureAwait(false);
            if (check.Terms is not { } present)
            {
                await RefuseAsync(turn, part, pending, check, tool.Class).ConfigureAwait(false);
                return;
            }

            terms = present;
            decision = Judge(part, call.RequestFor(terms));
        }

        var request = call.RequestFor(terms);
        await recorder.DecidedAsync(AuditKind.Decision, request, decision).ConfigureAwait(false);
        if (decision.Limits.MaxSentences is { } most)
        {
            turn.MaxSentences = Math.Min(most, turn.MaxSentences ?? most);
        }

        switch (decision.Kind)
        {
            case GateDecisionKind.Allow or GateDecisionKind.AllowLimited:
                var permit = new ToolPermit(services, recorder, call, pending.CallId, questionId: "");
                var answer = await _caller!.CallAsync(pending, permit, cancellationToken).ConfigureAwait(false);
                part.ReasonCode = answer.Reason;
                part.Clauses.Add(Told(pending, answer, permit, terms.Class));
                break;
            case GateDecisionKind.Confirm:
                await AskAsync(turn, part, pending, terms, request).ConfigureAwait(false);
                break;
            case GateDecisionKind.Defer:
                await DeferAsync(turn, part, pending, request).ConfigureAwait(false);
                break;
            default:
                tally.Add(AgentCount.CallsDenied);
                part.Clauses.Add(turn.Phrases.Denied(decision.Reason));
                break;
        }
    }

    private GateDecision Judge(TurnPart part, in GateRequest request)
    {
        var decision = ActionGate.Decide(request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
        part.Decision = decision;
        part.ReasonCode = decision.Reason.Code();
        return decision;
    }

    private async Task RefuseAsync(Turn turn, TurnPart part, PendingTool pending, ToolCheck check, ActionClass row)
    {
        part.ReasonCode = check.Reason;
        await recorder.OwnAsync(DecisionKind.Deny, check.Reason, turn.Utterance, pending.Call.FullName, row).ConfigureAwait(false);
        part.Clauses.Add(turn.Phrases.ToolTold(pending.Words, new ToolAnswer(check.Outcome, check.Reason), Acts(row), ""));
    }

    private async Task AskAsync(Turn turn, TurnPart part, PendingTool pending, ToolTerms terms, GateRequest request)
    {
        // A reply carries one question, and without its id in a reply nobody could answer this one.
        if (turn.QuestionId.Length > 0)
        {
            Refuse(part, AgentReasons.QuestionAlreadyOpen, turn.Phrases.QuestionOpen);
            return;
        }

        var readBack = turn.Phrases.ToolReadBack(pending.Summary, terms.Why == ToolReasons.ToolChanged);
        if (!ReplyComposer.CanAsk(turn.Phrases, readBack))
        {
            Refuse(part, AgentReasons.TooLongToReadBack, turn.Phrases.ToolTooLong);
            return;
        }

        OpenResult opened;
        lock (_gate)
        {
            opened = services.Confirmations.Open(request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
            if (opened.Question is { } asked)
            {
                pending = pending with { QuestionId = asked.Id };
                _waiting[asked.Id] = pending;
            }
        }

        await recorder.DecidedAsync(AuditKind.QuestionOpened, request, opened.Decision, pending.QuestionId).ConfigureAwait(false);
        part.ReasonCode = opened.Decision.Reason.Code();
        switch (opened)
        {
            case { Question: { } question }:
                turn.AskForYes(readBack, question.Id, question.AnswerZone, () => services.Confirmations.Current?.Id == question.Id);
                break;
            case { Refusal: OpenRefusal.AlreadyOpen }:
                Refuse(part, AgentReasons.QuestionAlreadyOpen, turn.Phrases.QuestionOpen);
                break;
            case { Decision.Kind: GateDecisionKind.Defer }:
                await DeferAsync(turn, part, pending, request).ConfigureAwait(false);
                break;
            case { Refusal: OpenRefusal.AmountUnknown }:
                Refuse(part, GateReason.AmountUnknown.Code(), turn.Phrases.Denied(GateReason.AmountUnknown));
                break;
            default:
                Refuse(part, part.ReasonCode, turn.Phrases.Denied(opened.Decision.Reason));
                break;
        }
    }

    private void Refuse(TurnPart part, string reason, string clause)
    {
        part.ReasonCode = reason;
        tally.Add(AgentCount.CallsDenied);
        part.Clauses.Add(clause);
    }

    private Task DeferAsync(Turn turn, TurnPart part, PendingTool pending, in GateRequest request) => deferrals.DeferAsync(
        turn,
        part,
        new DeferralRequest
        {
            UtteranceId = pending.Call.UtteranceId,
            ToolName = pending.Call.FullName,
            ArgumentsJson = pending.Call.Arguments,
            ActionClass = request.ActionClass,
            Summary = pending.Summary,
            Language = turn.Phrases.Language,
            Zone = pending.Call.Zone,
        });

    private async Task CallAsync(PendingTool pending)
    {
        var permit = new ToolPermit(services, recorder, pending.Call, pending.CallId, pending.QuestionId);
        var answer = await _caller!.CallAsync(pending, permit, CancellationToken.None).ConfigureAwait(false);
        if (!permit.WasAsked)
        {
            // Where the gate was not reached, its yes must not be good for anything else.
            services.Confirmations.Withdraw(pending.QuestionId);
        }

        await SayAsync(pending, Told(pending, answer, permit, ActionClass.Commit)).ConfigureAwait(false);
    }

    private string Told(PendingTool pending, ToolAnswer answer, ToolPermit permit, ActionClass row)
    {
        if (permit.WasAsked && answer.Outcome == CommerceOutcome.Refused)
        {
            if (!permit.Decision.IsAllowed)
            {
                tally.Add(AgentCount.CallsDenied);
                return pending.Phrases.Denied(permit.Decision.Reason);
            }

            if (answer.Reason == AgentReasons.NotRecorded)
            {
                return pending.Phrases.NotRecorded;
            }
        }

        return pending.Phrases.ToolTold(pending.Words, answer, Acts(row), Quotation.Of(answer.Lines, voice.MostSentences(pending.Call.Zone)));
    }

    private Task<string> SayAsync(PendingTool pending, string clause) =>
        voice.SayAsync(pending.Phrases, [clause], null, voice.Frame(pending.Call.UtteranceId, pending.Call.Zone));

    // An answer that did not come leaves open whether something was done, or only whether something is so.
    private static bool Acts(ActionClass row) => row is not (ActionClass.Inform or ActionClass.Browse);
}
