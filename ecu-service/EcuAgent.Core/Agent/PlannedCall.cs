using EcuAgent.Core.Catalogue;

namespace EcuAgent.Core.Agent;

/// <summary>A proposed call and what the schema check says about it.</summary>
/// <param name="Proposal">What the model wrote.</param>
/// <param name="Check">What the schema check found; <see cref="CallValidation.IsValid"/> decides whether the gate sees it.</param>
public sealed record PlannedCall(ProposedCall Proposal, CallValidation Check)
{
    /// <summary>Tool and arguments in one text, equal for calls that say the same; null for an invalid call.</summary>
    internal string? Signature => Check is { IsValid: true, Tool: { } tool } ? tool.Name + CanonicalArguments.Write(tool, Check.Arguments) : null;
}
