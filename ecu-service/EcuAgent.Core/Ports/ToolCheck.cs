using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Ports;

/// <summary>What is known of a call that was checked and not made.</summary>
/// <param name="Outcome"><see cref="CommerceOutcome.Done"/>: it can be made. Else what it would end as; nothing of it was sent.</param>
/// <param name="Reason">Stable code of <see cref="Tools.ToolReasons"/>.</param>
/// <param name="Detail">What is wrong with it, for a person at a keyboard; empty when nothing is.</param>
public sealed record ToolCheck(CommerceOutcome Outcome, string Reason, string Detail = "")
{
    /// <summary>Its terms; null where it cannot be made.</summary>
    public ToolTerms? Terms { get; init; }
}
