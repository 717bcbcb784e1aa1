using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>Event ids 1120-1139.</summary>
internal static partial class Log
{
    [LoggerMessage(1120, LogLevel.Warning, "{Name}: {Kind} {Detail}; further ones are only counted")]
    public static partial void SomeIpWarning(this ILogger logger, string name, BusWarningKind kind, string detail);

    [LoggerMessage(1121, LogLevel.Information, "Service {Name} is there")]
    public static partial void ServiceThere(this ILogger logger, string name);

    [LoggerMessage(1122, LogLevel.Warning, "Service {Name} is not there")]
    public static partial void ServiceMissing(this ILogger logger, string name);
}
