using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds.VehicleBus;

internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Warning, "Topic {Topic}: {Kind} {Detail}")]
    public static partial void BusWarning(this ILogger logger, BusWarningKind kind, string topic, string detail);

    [LoggerMessage(1101, LogLevel.Warning, "Topic {Topic}: sample of source '{Source}' refused: {Reason}; further ones are only counted")]
    public static partial void SampleRefused(this ILogger logger, string topic, string source, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "{Topic} was not written: {ReturnCode}")]
    public static partial void WriteFailed(this ILogger logger, string topic, DdsReturnCode returnCode);

    [LoggerMessage(1103, LogLevel.Information, "Source '{Source}' of topic {Topic} has left the bus")]
    public static partial void SourceGone(this ILogger logger, string topic, string source);

    [LoggerMessage(1104, LogLevel.Information, "Driving state {State} ({Reasons})")]
    public static partial void DrivingStateChanged(this ILogger logger, EcuAgent.Signals.DrivingState state, string reasons);
}
