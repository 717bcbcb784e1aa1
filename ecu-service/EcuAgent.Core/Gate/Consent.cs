using EcuAgent.Signals;

namespace EcuAgent.Core.Gate;

/// <summary>
/// What is known about the yes behind a commit, and what it was a yes to. Made by the confirmation desk; the default
/// value is "no yes".
/// </summary>
public readonly record struct Consent
{
    /// <summary>Whether there is a yes that still holds.</summary>
    public ConsentKind Kind { get; init; }

    /// <summary>The loosest driving state seen from the question on; anything stricter revokes.</summary>
    public DrivingState LoosestState { get; init; }

    /// <summary>The request that was read back.</summary>
    public GateRequest Terms { get; init; }

    /// <summary>True when the request that was read back and <paramref name="request"/> ask for the same thing.</summary>
    public bool Covers(in GateRequest request) =>
        Terms.ActionClass == request.ActionClass
        && Terms.Zone == request.Zone
        && Terms.Amount == request.Amount
        && Same(Terms.ToolName, request.ToolName)
        && Same(Terms.TermsKey, request.TermsKey)
        && Same(Terms.Merchant, request.Merchant);

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);
}
