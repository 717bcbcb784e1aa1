using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Commands;

internal static partial class Log
{
    [LoggerMessage(3050, LogLevel.Debug, "Command {CommandId} for {Target} ended as {State} ({Reason})")]
    public static partial void CommandFinished(ILogger logger, string commandId, CommandTarget target, CommandState state, string reason);

    [LoggerMessage(3051, LogLevel.Debug, "Outcome {Kind} of command {CommandId} changed nothing: {Handling}")]
    public static partial void OutcomeIgnored(ILogger logger, string commandId, CommandOutcomeKind kind, OutcomeHandling handling);
}
