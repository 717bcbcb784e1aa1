namespace EcuAgent.Core.Commerce;

/// <summary>The gate's word on one commit.</summary>
public interface ICommitPermit
{
    /// <summary>
    /// Asks the gate, with the person's yes, which is used up whatever the answer. Called once, after everything else that can fail, and right
    /// before the order leaves. Null when allowed, else the stable code of why not.
    /// </summary>
    Task<string?> RedeemAsync();

    /// <summary>True while nothing has become stricter since <see cref="RedeemAsync"/> allowed it. Asked again before every request.</summary>
    bool StillHolds();
}
