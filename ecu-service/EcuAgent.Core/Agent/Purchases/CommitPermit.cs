using EcuAgent.Core.Audit;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>The gate's last word on one order, with the person's yes. Holds only while the driving state does not change at all and
/// this service may act.</summary>
internal sealed class CommitPermit(AgentServices services, Recorder recorder, PendingOrder order) : ICommitPermit
{
    private GateSituation _redeemed;

    /// <summary>What the gate said; undefined before it was asked.</summary>
    public GateDecision Decision { get; private set; }

    /// <inheritdoc/>
    public async Task<string?> RedeemAsync()
    {
        _redeemed = SituationReader.Read(services.Snapshot());
        Decision = services.Confirmations.Redeem(order.QuestionId, order.Request, _redeemed, services.Policy.Current);
        var isRecorded = await recorder.DecidedAsync(AuditKind.CommitCheck, order.Request, Decision, order.QuestionId).ConfigureAwait(false);
        return !Decision.IsAllowed ? Decision.Reason.Code() : isRecorded ? null : AgentReasons.NotRecorded;
    }

    /// <inheritdoc/>
    public bool StillHolds()
    {
        var now = SituationReader.Read(services.Snapshot());
        return services.MayAct() && now.State == _redeemed.State && now.TransitionCount == _redeemed.TransitionCount;
    }
}
