namespace EcuAgent.Core.Tests.Commerce;

/// <summary>A rule broken on purpose, to see that a test notices.</summary>
public enum BrokenRule
{
    None,

    /// <summary>The order leaves whatever the gate says.</summary>
    GateIgnored,

    /// <summary>No cap holds.</summary>
    CapsIgnored,

    /// <summary>The payment is good for any amount.</summary>
    AllowanceUnbounded,

    /// <summary>The journal forgets that an order was about to leave.</summary>
    CommitNotWrittenAhead,

    /// <summary>A repeated order is carried out again.</summary>
    KeysNotHonoured,

    /// <summary>A merchant that does not answer is taken for one that canceled.</summary>
    SilenceTakenForANo,
}
