namespace EcuAgent.Core.Commerce;

/// <summary>
/// The state machine of a purchase:
/// <code>
/// Opening -> Quoted -> Committing -> Placed -> Fulfilled
///    |         |  ^        |  \        |  ^
///    |         |  | terms  |   \       v  | refused
///    |         |  | changed|    \   Withdrawing -> Canceled
///    v         v           v     v
/// Failed   Abandoning   Abandoning  Disputed
///              |  \
///              v   Placed or Disputed, when an order got through that was thought lost
///           Canceled
/// </code>
/// </summary>
public static class PurchaseStages
{
    /// <summary>True when <paramref name="next"/> may be written after <paramref name="present"/>; the same stage may be written again.</summary>
    public static bool CanFollow(PurchaseStage present, PurchaseStage next) => next == present || present switch
    {
        PurchaseStage.Opening => next is PurchaseStage.Quoted or PurchaseStage.Failed or PurchaseStage.Canceled,
        PurchaseStage.Quoted => next is PurchaseStage.Committing or PurchaseStage.Abandoning or PurchaseStage.Failed,
        PurchaseStage.Committing => next is PurchaseStage.Placed or PurchaseStage.Failed or PurchaseStage.Canceled
            or PurchaseStage.Abandoning or PurchaseStage.Disputed,
        PurchaseStage.Placed => next is PurchaseStage.Withdrawing or PurchaseStage.Fulfilled or PurchaseStage.Canceled,
        PurchaseStage.Withdrawing => next is PurchaseStage.Canceled or PurchaseStage.Placed or PurchaseStage.Fulfilled,
        PurchaseStage.Abandoning => next is PurchaseStage.Canceled or PurchaseStage.Placed or PurchaseStage.Disputed,
        PurchaseStage.Disputed => next is PurchaseStage.Placed or PurchaseStage.Canceled,
        _ => false,
    };

    /// <summary>True when nothing is left to be done or found out about it.</summary>
    public static bool IsOver(PurchaseStage stage) =>
        stage is PurchaseStage.Fulfilled or PurchaseStage.Canceled or PurchaseStage.Failed or PurchaseStage.Disputed;
}
