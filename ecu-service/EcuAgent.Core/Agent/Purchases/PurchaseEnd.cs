namespace EcuAgent.Core.Agent.Purchases;

/// <summary>How an order that was read back ended.</summary>
internal enum PurchaseEnd
{
    /// <summary>It has not: it is read back again.</summary>
    None,

    /// <summary>It is ordered, or may be.</summary>
    Bought,

    /// <summary>It is not ordered: no, not allowed any more, or the merchant could not.</summary>
    Dropped,

    /// <summary>Nobody answered.</summary>
    Unanswered,
}
