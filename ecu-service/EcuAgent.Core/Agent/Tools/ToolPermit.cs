using EcuAgent.Core.Audit;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Tools;

/// <summary>
/// The gate's last word on one call of a tool of others, at the instant in which it would leave. Good once. Whoever waits no longer closes it, and
/// then knows whether the call may have left.
/// </summary>
/// <param name="services">What the agent works with.</param>
/// <param name="recorder">Where the word is recorded.</param>
/// <param name="call">The call.</param>
/// <param name="callId">Its id in records: with it, a service that takes over knows that the call may have been made.</param>
/// <param name="questionId">The question whose yes it needs; empty for none.</param>
internal sealed class ToolPermit(AgentServices services, Recorder recorder, ToolCall call, string callId, string questionId)
{
    private const int Open = 0;
    private const int Given = 1;
    private const int Closed = 2;

    private int _state;
    private int _asked;

    /// <summary>What the gate said; undefined before it was asked.</summary>
    public GateDecision Decision { get; private set; }

    /// <summary>True once the gate was asked, whatever it said.</summary>
    public bool WasAsked => Volatile.Read(ref _asked) != 0;

    /// <summary>Null where the call may leave now, else the code of why not.</summary>
    public async ValueTask<string?> AskAsync(ToolTerms terms)
    {
        if (Volatile.Read(ref _state) != Open || Interlocked.Exchange(ref _asked, 1) != 0)
        {
            return AgentReasons.ToolTimedOut;
        }

        var request = call.RequestFor(terms);
        var situation = SituationReader.Read(services.Snapshot());
        Decision = questionId.Length > 0
            ? services.Confirmations.Redeem(questionId, request, situation, services.Policy.Current)
            : ActionGate.CommitCheck(request, default, situation, services.Policy.Current);
        var isRecorded = await recorder
            .DecidedAsync(AuditKind.CommitCheck, request, Decision, questionId, Decision.IsAllowed ? callId : "").ConfigureAwait(false);
        if (!Decision.IsAllowed)
        {
            return Decision.Reason.Code();
        }

        return request.NeedsYes && !isRecorded ? AgentReasons.NotRecorded
            : !services.MayAct() ? AgentReasons.NotLeading
            : !StillHolds(request, situation) ? Decision.Reason.Code()
            : Interlocked.CompareExchange(ref _state, Given, Open) == Open ? null
            : AgentReasons.ToolTimedOut;
    }

    /// <summary>Ends it. False where it was given before, and the call may have left.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _state, Closed, Open) != Given;

    // While it was recorded the car may have changed; a yes does not outlive that.
    private bool StillHolds(in GateRequest request, in GateSituation judged)
    {
        var now = SituationReader.Read(services.Snapshot());
        if (now.State == judged.State && now.TransitionCount == judged.TransitionCount)
        {
            return true;
        }

        var again = request.NeedsYes
            ? Decision with { Kind = GateDecisionKind.Deny, Reason = GateReason.ConsentRevoked }
            : ActionGate.CommitCheck(request, default, now, services.Policy.Current);
        Decision = again;
        return again.IsAllowed;
    }
}
