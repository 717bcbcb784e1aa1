using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Confirmation;

/// <summary>Why no question was opened.</summary>
public enum OpenRefusal
{
    /// <summary>It was opened.</summary>
    None,

    /// <summary>Another question is open; the first stays.</summary>
    AlreadyOpen,

    /// <summary>The gate does not want a confirmation here; see the decision.</summary>
    GateSaysNo,

    /// <summary>A commit without a known amount cannot be read back.</summary>
    AmountUnknown,

    /// <summary>A commit without a known merchant cannot be read back.</summary>
    MerchantUnknown,
}

/// <summary>The outcome of asking the desk to open a question.</summary>
/// <param name="Question">The question to be spoken; null when refused.</param>
/// <param name="Refusal">Why not.</param>
/// <param name="Decision">What the gate said.</param>
public readonly record struct OpenResult(OpenQuestion? Question, OpenRefusal Refusal, GateDecision Decision);
