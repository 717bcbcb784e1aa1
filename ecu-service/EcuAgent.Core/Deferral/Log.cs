using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Deferral;

/// <summary>Event ids 3140 .. 3159. No arguments and no summaries: they hold what the occupant said.</summary>
internal static partial class Log
{
    [LoggerMessage(3140, LogLevel.Information, "Deferred {DeferralId}, tool {Tool}; {Count} wait")]
    internal static partial void DeferralQueued(ILogger logger, string deferralId, string tool, int count);

    [LoggerMessage(3141, LogLevel.Information, "Deferred {DeferralId} asked again, {Times} times in all")]
    internal static partial void DeferralJoined(ILogger logger, string deferralId, int times);

    [LoggerMessage(3142, LogLevel.Warning, "Deferral of tool {Tool} refused: {Capacity} wait already")]
    internal static partial void DeferralRefused(ILogger logger, string tool, int capacity);

    [LoggerMessage(3143, LogLevel.Information, "Deferred {DeferralId}, tool {Tool}, is offered again")]
    internal static partial void DeferralOffered(ILogger logger, string deferralId, string tool);

    [LoggerMessage(3144, LogLevel.Information, "Deferred {DeferralId}, tool {Tool}, expired")]
    internal static partial void DeferralExpired(ILogger logger, string deferralId, string tool);
}
