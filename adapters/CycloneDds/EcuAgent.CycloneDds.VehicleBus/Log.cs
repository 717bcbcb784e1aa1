using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds.VehicleBus;

internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Warning, "Topic {Topic}: {Kind} {Detail}")]
    public static partial void BusWarning(this ILogger logger, BusWarningKind kind, string topic, string detail);

    [LoggerMessage(1102, LogLevel.Warning, "{Topic} was not written: {ReturnCode}")]
    public static partial void WriteFailed(this ILogger logger, string topic, DdsReturnCode returnCode);
}
