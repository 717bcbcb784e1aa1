using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds;

/// <summary>Event ids 1000-1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "DDS participant {Name} on domain {DomainId}, interface {Interface}, library {Library}")]
    internal static partial void ParticipantCreated(ILogger logger, string name, uint domainId, string @interface, string? library);

    [LoggerMessage(1001, LogLevel.Warning, "{Entity}: incompatible QoS, policy {Policy}, peers refused so far {TotalCount}")]
    internal static partial void IncompatibleQos(ILogger logger, string entity, string policy, uint totalCount);

    [LoggerMessage(1002, LogLevel.Warning, "{Entity}: a peer uses type {RemoteTypeName} on this topic, expected {TypeName}; it is not matched")]
    internal static partial void InconsistentTopic(ILogger logger, string entity, string remoteTypeName, string typeName);

    [LoggerMessage(1003, LogLevel.Error, "{Entity}: handler of {Callback} failed")]
    internal static partial void CallbackFault(ILogger logger, Exception exception, string entity, string callback);

    [LoggerMessage(1004, LogLevel.Warning, "Cyclone DDS: {Message}")]
    internal static partial void NativeWarning(ILogger logger, string message);

    [LoggerMessage(1005, LogLevel.Error, "Cyclone DDS: {Message}")]
    internal static partial void NativeError(ILogger logger, string message);

    [LoggerMessage(1006, LogLevel.Debug, "Cyclone DDS: {Message}")]
    internal static partial void NativeInformation(ILogger logger, string message);

    [LoggerMessage(1007, LogLevel.Debug, "{Entity}: matched peers {CurrentCount}")]
    internal static partial void Matched(ILogger logger, string entity, uint currentCount);

    [LoggerMessage(1008, LogLevel.Warning, "UDP port {Port} hears all interfaces: it could not be tied to loopback (errno {Errno})")]
    internal static partial void ReceptionNotRestricted(ILogger logger, int port, int errno);
}
