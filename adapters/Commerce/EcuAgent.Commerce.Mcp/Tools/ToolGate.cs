using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>
/// The gate for tools of others. On top of the table: what binds or sets something up is never carried out without a person's yes to exactly that,
/// also where the table allows the row as such.
/// </summary>
/// <param name="situation">The car at this instant.</param>
/// <param name="policy">The policy in force.</param>
public sealed class ToolGate(Func<GateSituation> situation, Func<GatePolicy> policy)
{
    /// <summary>True for Commit and Setup.</summary>
    public static bool NeedsYes(ActionClass row) => row is ActionClass.Commit or ActionClass.Setup;

    /// <summary>What the table says of a proposed call.</summary>
    public GateDecision Propose(in GateRequest request) => ActionGate.Decide(request, situation(), policy());

    /// <summary>The word at the instant of the call; uses the yes up.</summary>
    public GateDecision Judge(in GateRequest request, ToolYes? yes)
    {
        var now = situation();
        var consent = yes?.Take(now) ?? default;
        var decision = ActionGate.CommitCheck(request, consent, now, policy());
        if (!decision.IsAllowed || !NeedsYes(request.ActionClass))
        {
            return decision;
        }

        var reason = consent.Kind switch
        {
            ConsentKind.Yes when !consent.Covers(request) => GateReason.ConsentForOtherTerms,
            ConsentKind.Yes when DrivingStates.IsTightening(consent.LoosestState, decision.State) => GateReason.ConsentRevoked,
            ConsentKind.Yes => GateReason.Confirmed,
            ConsentKind.Revoked => GateReason.ConsentRevoked,
            ConsentKind.Expired => GateReason.ConsentExpired,
            _ => GateReason.ConsentMissing,
        };
        return reason == GateReason.Confirmed ? decision with { Reason = reason } : decision with { Kind = GateDecisionKind.Confirm, Reason = reason };
    }
}
