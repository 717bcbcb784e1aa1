using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Confirmation;

/// <summary>
/// Holds at most one question that waits for a yes, from asking to redeeming. Full rule "first stays": a second question
/// is refused, because a yes on its way could otherwise be taken for the newer one. A yes is bound to the question's id,
/// its terms, the seat that asked and the driving state; it is good once and for <see cref="YesHolds"/>.
/// Thread-safe. Time is the provider's monotonic time stamp, so a step of the wall clock changes nothing.
/// </summary>
public sealed class ConfirmationDesk
{
    /// <summary>How long an accepted yes may wait to be redeemed.</summary>
    public static readonly TimeSpan YesHolds = TimeSpan.FromSeconds(10);

    private readonly TimeProvider time;
    private readonly ILogger<ConfirmationDesk> logger;
    private readonly Lock gate = new();

    private Entry? entry;
    private OpenQuestion? unreportedExpiry;
    private OpenQuestion? unreportedRevocation;
    private (OpenQuestion? Question, ConsentKind Kind) lastClosed;

    /// <summary>Makes an empty desk.</summary>
    public ConfirmationDesk(TimeProvider time, ILogger<ConfirmationDesk> logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        this.time = time;
        this.logger = logger;
    }

    /// <summary>The question that is open or accepted and not yet redeemed; null when there is none.</summary>
    public OpenQuestion? Current
    {
        get
        {
            lock (gate)
            {
                ExpireIfDue_NeedsLock();
                return entry?.Question;
            }
        }
    }

    /// <summary>Asks the gate and, if it wants a confirmation, opens a question.</summary>
    public OpenResult Open(in GateRequest request, in GateSituation situation, GatePolicy policy)
    {
        GateDecision decision = ActionGate.Decide(request, situation, policy);
        lock (gate)
        {
            Observe_NeedsLock(situation);
            ExpireIfDue_NeedsLock();
            OpenRefusal refusal = Refusal_NeedsLock(request, decision);
            if (refusal != OpenRefusal.None)
            {
                Log.QuestionRefused(logger, refusal, decision.Reason.Code());
                return new(null, refusal, decision);
            }

            ConfirmationRule rule = policy.Confirmation(decision.State)!;
            OpenQuestion question = new(
                Guid.CreateVersion7(time.GetUtcNow()).ToString(), request, decision.State, rule.AnswerWithin);
            entry = new Entry(question, rule, time.GetTimestamp(), situation.TransitionCount);
            Log.QuestionOpened(logger, question.Id, decision.State, rule.AnswerWithin.TotalSeconds);
            return new(question, OpenRefusal.None, decision);
        }
    }

    /// <summary>Judges an answer.</summary>
    public AnswerResult Answer(in ConfirmationAnswer answer, in GateSituation situation)
    {
        lock (gate)
        {
            Observe_NeedsLock(situation);
            ExpireIfDue_NeedsLock();
            AnswerResult result = Answer_NeedsLock(answer, situation);
            if (result.Kind is AnswerKind.Expired or AnswerKind.Revoked)
            {
                // The answer's result is the report.
                unreportedExpiry = null;
                unreportedRevocation = null;
            }

            Log.QuestionAnswered(logger, result.Question?.Id ?? "(unknown)", result.Kind, result.Reason.Code());
            return result;
        }
    }

    /// <summary>
    /// Tells the desk the situation; to be called on every change of the driving state. Returns a question that was
    /// revoked, by this or an earlier call, and not reported yet, so that the occupant can be told; else null.
    /// </summary>
    public OpenQuestion? Observe(in GateSituation situation)
    {
        lock (gate)
        {
            ExpireIfDue_NeedsLock();
            Observe_NeedsLock(situation);
            OpenQuestion? revoked = unreportedRevocation;
            unreportedRevocation = null;
            return revoked;
        }
    }

    /// <summary>A question that ran out unanswered and was not reported yet, else null.</summary>
    public OpenQuestion? TakeExpired()
    {
        lock (gate)
        {
            ExpireIfDue_NeedsLock();
            OpenQuestion? expired = unreportedExpiry;
            unreportedExpiry = null;
            return expired;
        }
    }

    /// <summary>Closes a question that is of no use any more. True when it was the current one.</summary>
    public bool Withdraw(string questionId)
    {
        lock (gate)
        {
            if (entry?.Question.Id != questionId)
            {
                return false;
            }

            Close_NeedsLock(ConsentKind.None);
            return true;
        }
    }

    /// <summary>
    /// Asks the gate the second time, at the instant of commit, with the yes to <paramref name="questionId"/>. Whatever
    /// the answer, the yes is used up.
    /// </summary>
    public GateDecision Redeem(string questionId, in GateRequest request, in GateSituation situation, GatePolicy policy)
    {
        lock (gate)
        {
            Observe_NeedsLock(situation);
            ExpireIfDue_NeedsLock();
            Consent consent = Consent_NeedsLock(questionId);
            GateDecision decision = ActionGate.CommitCheck(request, consent, situation, policy);
            if (entry is { AcceptedAt: not null } && entry.Question.Id == questionId)
            {
                Close_NeedsLock(ConsentKind.None);
            }

            Log.CommitChecked(logger, questionId, decision.Kind, decision.Reason.Code());
            return decision;
        }
    }

    private OpenRefusal Refusal_NeedsLock(in GateRequest request, in GateDecision decision)
    {
        if (decision.Kind != GateDecisionKind.Confirm)
        {
            return OpenRefusal.GateSaysNo;
        }

        if (entry is not null)
        {
            return OpenRefusal.AlreadyOpen;
        }

        if (request.ActionClass != ActionClass.Commit)
        {
            return OpenRefusal.None;
        }

        if (request.Amount is not { IsKnown: true })
        {
            return OpenRefusal.AmountUnknown;
        }

        return string.IsNullOrEmpty(request.Merchant) ? OpenRefusal.MerchantUnknown : OpenRefusal.None;
    }

    private AnswerResult Answer_NeedsLock(in ConfirmationAnswer answer, in GateSituation situation)
    {
        if (entry is not { } open || open.Question.Id != answer.QuestionId)
        {
            return LateAnswer_NeedsLock(answer.QuestionId);
        }

        if (!answer.Yes)
        {
            // A no counts from anybody and at any confidence: it can only make things stricter.
            Close_NeedsLock(ConsentKind.None);
            return new(AnswerKind.Declined, GateReason.ConsentMissing, open.Question);
        }

        GateReason reason = YesRule.Judge(answer, open.Question, open.Rule, situation);
        if (reason != GateReason.Confirmed)
        {
            return new(AnswerKind.NotAYes, reason, open.Question);
        }

        // A second yes must not stretch the time in which the first may be redeemed.
        open.AcceptedAt ??= time.GetTimestamp();
        return new(AnswerKind.Accepted, reason, open.Question);
    }

    private AnswerResult LateAnswer_NeedsLock(string? questionId) =>
        lastClosed.Question is { } closed && closed.Id == questionId
            ? lastClosed.Kind switch
            {
                ConsentKind.Expired => new(AnswerKind.Expired, GateReason.ConsentExpired, closed),
                ConsentKind.Revoked => new(AnswerKind.Revoked, GateReason.ConsentRevoked, closed),
                _ => new(AnswerKind.UnknownQuestion, GateReason.ConsentMissing, null),
            }
            : new(AnswerKind.UnknownQuestion, GateReason.ConsentMissing, null);

    private Consent Consent_NeedsLock(string questionId)
    {
        if (entry is { AcceptedAt: not null } accepted && accepted.Question.Id == questionId)
        {
            return new Consent
            {
                Kind = ConsentKind.Yes,
                LoosestState = accepted.LoosestState,
                Terms = accepted.Question.Request,
            };
        }

        bool wasClosed = lastClosed.Question is { } closed && closed.Id == questionId;
        return wasClosed ? new Consent { Kind = lastClosed.Kind } : default;
    }

    private void Observe_NeedsLock(in GateSituation situation)
    {
        if (entry is not { } open)
        {
            return;
        }

        // A count that skipped hides a state that may have been stricter; one that went back is an older look.
        DrivingState state = situation.State.Known();
        long transitions = situation.TransitionCount - open.TransitionCount;
        if (transitions is 0 or 1 && !DrivingStates.IsTightening(open.LoosestState, state))
        {
            open.LoosestState = state;
            open.TransitionCount = situation.TransitionCount;
            return;
        }

        Log.QuestionRevoked(logger, open.Question.Id, open.LoosestState, state);
        Close_NeedsLock(ConsentKind.Revoked);
        unreportedRevocation = open.Question;
    }

    private void ExpireIfDue_NeedsLock()
    {
        if (entry is not { } open)
        {
            return;
        }

        bool due = open.AcceptedAt is { } acceptedAt
            ? time.GetElapsedTime(acceptedAt) > YesHolds
            : time.GetElapsedTime(open.AskedAt) > open.Question.AnswerWithin;
        if (!due)
        {
            return;
        }

        Log.QuestionExpired(logger, open.Question.Id);
        Close_NeedsLock(ConsentKind.Expired);
        unreportedExpiry = open.Question;
    }

    private void Close_NeedsLock(ConsentKind kind)
    {
        lastClosed = (entry?.Question, kind);
        entry = null;
    }

    private sealed class Entry(OpenQuestion question, ConfirmationRule rule, long askedAt, long transitionCount)
    {
        internal OpenQuestion Question { get; } = question;

        internal ConfirmationRule Rule { get; } = rule;

        internal long AskedAt { get; } = askedAt;

        internal long? AcceptedAt { get; set; }

        internal long TransitionCount { get; set; } = transitionCount;

        internal DrivingState LoosestState { get; set; } = question.State;
    }
}
