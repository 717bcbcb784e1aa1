using EcuAgent.Commerce.Mcp.Connection;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Mcp;

/// <summary>Events 2300 to 2349. No argument, answer, token or text of a server is in any of them.</summary>
internal static partial class Log
{
    [LoggerMessage(2300, LogLevel.Debug, "{Method} at {Server}: {End}, {Detail} after {ElapsedMs} ms")]
    public static partial void Sent(ILogger logger, string method, string server, McpEndKind end, string detail, long elapsedMs);

    [LoggerMessage(2301, LogLevel.Debug, "The session at {Server} was left without a goodbye: {Detail}")]
    public static partial void NoGoodbye(ILogger logger, string server, string detail);

    [LoggerMessage(2302, LogLevel.Information, "Tools: {Servers} servers with {Tools} allowed tools, {Spoken} of them spoken, from {File}")]
    public static partial void Opened(ILogger logger, int servers, int tools, int spoken, string file);

    [LoggerMessage(2303, LogLevel.Warning, "{Server} changed the definition of {Tool} since it was allowed; it is a tool of class Setup now")]
    public static partial void ToolChanged(ILogger logger, string server, string tool);

    [LoggerMessage(2304, LogLevel.Information, "{Tool} at {Server}: {Outcome}, {Reason}")]
    public static partial void Called(ILogger logger, string tool, string server, CommerceOutcome outcome, string reason);
}
