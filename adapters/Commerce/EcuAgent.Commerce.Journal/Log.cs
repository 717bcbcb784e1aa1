using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Journal;

/// <summary>Events 2280 to 2299. No merchant, no amount, no order.</summary>
internal static partial class Log
{
    [LoggerMessage(2280, LogLevel.Information, "Purchase journal {File} is open: {Purchases} purchases, {States} states written so far")]
    internal static partial void Opened(ILogger logger, string file, long purchases, long states);

    [LoggerMessage(2281, LogLevel.Information, "Purchase journal {File} was brought from version {From} to {To}")]
    internal static partial void Migrated(ILogger logger, string file, int from, int to);

    [LoggerMessage(2282, LogLevel.Warning, "Purchase journal {File} could be read by others; it is its owner's alone again (0600)")]
    internal static partial void Narrowed(ILogger logger, string file);

    [LoggerMessage(2283, LogLevel.Warning, "The note of the newest state beside {File} cannot be written: {Detail}. States cut off at its end would not be missed")]
    internal static partial void HeadStale(ILogger logger, string file, string detail);

    [LoggerMessage(2284, LogLevel.Information, "Purchase journal {File}: {Purchases} purchases that ended more than {Retention} ago were removed, with {States} states; {Trips} trips")]
    internal static partial void Purged(ILogger logger, string file, int purchases, TimeSpan retention, int states, int trips);
}
