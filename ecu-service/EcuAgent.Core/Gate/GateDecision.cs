using EcuAgent.Signals;

namespace EcuAgent.Core.Gate;

/// <summary>The gate's answer. The default value is a refusal.</summary>
/// <param name="Kind">What may happen now.</param>
/// <param name="Reason">Why; its stable text is <see cref="GateReasons.Code"/>.</param>
/// <param name="State">The driving state that was judged.</param>
/// <param name="Limits">What an allowed answer has to keep.</param>
public readonly record struct GateDecision(GateDecisionKind Kind, GateReason Reason, DrivingState State, GateLimits Limits)
{
    /// <summary>True for <see cref="GateDecisionKind.Allow"/> and <see cref="GateDecisionKind.AllowLimited"/>.</summary>
    public bool IsAllowed => Kind is GateDecisionKind.Allow or GateDecisionKind.AllowLimited;
}
