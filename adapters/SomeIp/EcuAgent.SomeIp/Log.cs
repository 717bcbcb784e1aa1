using System.Net;
using EcuAgent.SomeIp.Wire;
using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp;

/// <summary>Event ids 1200-1299. No payload is in any of them.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Information, "SOME/IP node on {Address}, service discovery port {Port}, group {Group}")]
    internal static partial void Started(ILogger logger, IPAddress address, int port, IPAddress group);

    [LoggerMessage(1201, LogLevel.Warning, "SOME/IP: {Fault}, {Count} so far")]
    internal static partial void Fault(ILogger logger, SomeIpFault fault, long count);

    [LoggerMessage(1202, LogLevel.Information, "Service {Service:X4}.{Instance:X4} of {Peer} is there")]
    internal static partial void ServiceUp(ILogger logger, ushort service, ushort instance, EndPoint peer);

    [LoggerMessage(1203, LogLevel.Information, "Service {Service:X4}.{Instance:X4} of {Peer} is gone: {Reason}")]
    internal static partial void ServiceDown(ILogger logger, ushort service, ushort instance, EndPoint peer, Discovery.ServiceDownReason reason);

    [LoggerMessage(1204, LogLevel.Information, "Peer {Peer} has restarted")]
    internal static partial void PeerRebooted(ILogger logger, EndPoint peer);

    [LoggerMessage(1205, LogLevel.Error, "A handler of service {Service:X4}, method or event {Method:X4} failed")]
    internal static partial void HandlerFailed(ILogger logger, Exception exception, ushort service, ushort method);

    [LoggerMessage(1206, LogLevel.Debug, "Service {Service:X4}.{Instance:X4}: {Count} subscriptions")]
    internal static partial void Subscribers(ILogger logger, ushort service, ushort instance, int count);

    [LoggerMessage(1207, LogLevel.Warning, "Subscription {Service:X4}.{Instance:X4} eventgroup {Eventgroup:X4} was refused by {Peer}")]
    internal static partial void SubscriptionRefused(ILogger logger, ushort service, ushort instance, ushort eventgroup, EndPoint peer);

    [LoggerMessage(1208, LogLevel.Debug, "TCP {Local} to {Remote}: {Detail}")]
    internal static partial void Tcp(ILogger logger, EndPoint? local, EndPoint remote, string detail);

    [LoggerMessage(1209, LogLevel.Critical, "Receive loop {Name} ended")]
    internal static partial void LoopEnded(ILogger logger, Exception exception, string name);

    [LoggerMessage(1210, LogLevel.Warning, "Group {Group} could not be joined: {Error}")]
    internal static partial void JoinFailed(ILogger logger, EndPoint group, System.Net.Sockets.SocketError error);

    [LoggerMessage(1211, LogLevel.Debug, "A socket of {Name} reported {Error}")]
    internal static partial void SocketError(ILogger logger, string name, System.Net.Sockets.SocketError error);
}
