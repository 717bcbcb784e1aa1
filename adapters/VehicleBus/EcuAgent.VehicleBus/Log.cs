using Microsoft.Extensions.Logging;

namespace EcuAgent.VehicleBus;

/// <summary>Event ids 1101, 1103 and 1104; the buses have the rest of 1100-1199.</summary>
internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Warning, "Topic {Topic}: sample of source '{Source}' refused: {Reason}; further ones are only counted")]
    public static partial void SampleRefused(this ILogger logger, string topic, string source, string reason);

    [LoggerMessage(1103, LogLevel.Information, "Source '{Source}' of topic {Topic} has left the bus")]
    public static partial void SourceGone(this ILogger logger, string topic, string source);

    [LoggerMessage(1104, LogLevel.Information, "Driving state {State} ({Reasons})")]
    public static partial void DrivingStateChanged(this ILogger logger, EcuAgent.Signals.DrivingState state, string reasons);
}
