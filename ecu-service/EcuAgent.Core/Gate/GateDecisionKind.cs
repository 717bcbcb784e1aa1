namespace EcuAgent.Core.Gate;

/// <summary>The gate's answer to one request.</summary>
public enum GateDecisionKind
{
    /// <summary>Refused. The default value of the type, so that a forgotten decision is a refusal.</summary>
    Deny,

    /// <summary>To be kept and asked again when the car is parked.</summary>
    Defer,

    /// <summary>To be read back; only a yes to that very question lets it through.</summary>
    Confirm,

    /// <summary>Allowed; the answer must stay within <see cref="GateDecision.Limits"/>.</summary>
    AllowLimited,

    /// <summary>Allowed without limits.</summary>
    Allow,
}
