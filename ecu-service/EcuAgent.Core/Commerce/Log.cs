using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Commerce;

/// <summary>Event ids 3400 .. 3419. Ids and codes only: no item, amount, merchant or speech.</summary>
internal static partial class Log
{
    [LoggerMessage(3400, LogLevel.Information, "Purchase {PurchaseId}: {Stage}, {Reason}")]
    internal static partial void Stage(ILogger logger, string purchaseId, PurchaseStage stage, string reason);

    [LoggerMessage(3401, LogLevel.Error, "Purchase {PurchaseId}: the journal did not take {Stage}; nothing more is sent for it")]
    internal static partial void NotRecorded(ILogger logger, Exception exception, string purchaseId, PurchaseStage stage);

    [LoggerMessage(3402, LogLevel.Error, "Purchase {PurchaseId}: the merchant charged something else than was agreed")]
    internal static partial void ChargedDifferently(ILogger logger, string purchaseId);

    [LoggerMessage(3403, LogLevel.Warning, "Purchase {PurchaseId}: whether it was ordered is not known: {Reason}")]
    internal static partial void OutcomeOpen(ILogger logger, string purchaseId, string reason);

    [LoggerMessage(3404, LogLevel.Error, "Purchase {PurchaseId}: a client threw; its outcome counts as unknown")]
    internal static partial void ClientThrew(ILogger logger, Exception exception, string purchaseId);

    [LoggerMessage(3405, LogLevel.Error, "The purchase journal failed")]
    internal static partial void JournalFailed(ILogger logger, Exception exception);
}
