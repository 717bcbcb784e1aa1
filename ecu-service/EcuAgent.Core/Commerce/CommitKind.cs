namespace EcuAgent.Core.Commerce;

/// <summary>What came of an order.</summary>
public enum CommitKind
{
    /// <summary>Not set.</summary>
    Unknown,

    /// <summary>The merchant has the order.</summary>
    Placed,

    /// <summary>Price or terms are not those that were agreed; nothing was ordered, and the new ones wait to be read back.</summary>
    TermsChanged,

    /// <summary>The gate did not let it through at the instant of commit; nothing was ordered.</summary>
    NotAllowed,

    /// <summary>The merchant or the payment refused; nothing was ordered.</summary>
    Refused,

    /// <summary>Whether it was ordered is not known yet; it is being found out.</summary>
    Open,

    /// <summary>It could not be recorded; nothing was sent.</summary>
    NotRecorded,
}
