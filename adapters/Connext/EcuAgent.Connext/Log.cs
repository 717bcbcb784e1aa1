using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Connext;

/// <summary>Event ids 1140-1149.</summary>
internal static partial class Log
{
    [LoggerMessage(1140, LogLevel.Warning, "{Topic}: {Kind}; further ones are only counted")]
    public static partial void ConnextWarning(this ILogger logger, string topic, BusWarningKind kind);

    [LoggerMessage(1141, LogLevel.Warning, "A sample of {Topic} was not written")]
    public static partial void ConnextWriteFailed(this ILogger logger, Exception error, string topic);
}
