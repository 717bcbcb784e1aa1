using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Audit;

/// <summary>Event ids 3160 .. 3179.</summary>
internal static partial class Log
{
    [LoggerMessage(3160, LogLevel.Error, "Audit in {Directory} cannot be written; records are counted as lost until it can")]
    internal static partial void AuditFailed(ILogger logger, string directory, Exception exception);

    [LoggerMessage(3161, LogLevel.Warning, "Audit can be written again; {Lost} records were lost")]
    internal static partial void AuditBack(ILogger logger, long lost);

    [LoggerMessage(3162, LogLevel.Error, "Audit file {File} is not an unbroken chain, line {Line}: {Problem}; it is left as it is and a new file is begun")]
    internal static partial void AuditChainBroken(ILogger logger, string file, long? line, string problem);

    [LoggerMessage(3163, LogLevel.Warning, "Audit head note in {Directory} cannot be written")]
    internal static partial void AuditHeadStale(ILogger logger, string directory, Exception exception);
}
