using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Event ids 3000 .. 3049. Speech, places and arguments only at Trace.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Warning, "The model did not answer within {Limit}")]
    public static partial void ModelTimedOut(ILogger logger, TimeSpan limit);

    [LoggerMessage(3001, LogLevel.Error, "The model failed")]
    public static partial void ModelFailed(ILogger logger, Exception exception);

    [LoggerMessage(3002, LogLevel.Warning, "Utterance {UtteranceId} refused: {Waiting} are waiting already")]
    public static partial void UtteranceDropped(ILogger logger, string utteranceId, int waiting);

    [LoggerMessage(3003, LogLevel.Debug, "Utterance ignored: {Why}")]
    public static partial void UtteranceIgnored(ILogger logger, string why);

    [LoggerMessage(3004, LogLevel.Warning, "Call of tool {Tool} for utterance {UtteranceId} is not valid: rules {Rules}")]
    public static partial void CallInvalid(ILogger logger, string tool, string utteranceId, string rules);

    [LoggerMessage(3005, LogLevel.Error, "Call of tool {Tool} for utterance {UtteranceId} could not be carried out")]
    public static partial void CallFaulted(ILogger logger, Exception exception, string tool, string utteranceId);

    [LoggerMessage(3006, LogLevel.Error, "Command {CommandId} could not be written")]
    public static partial void CommandNotWritten(ILogger logger, Exception exception, string commandId);

    [LoggerMessage(3007, LogLevel.Error, "The {Port} port failed")]
    public static partial void PortFailed(ILogger logger, Exception exception, string port);

    [LoggerMessage(3008, LogLevel.Information, "Utterance {UtteranceId}: {Status}, {Calls} calls, answered after {Milliseconds} ms")]
    public static partial void TurnEnded(ILogger logger, string utteranceId, TurnStatus status, int calls, double milliseconds);

    [LoggerMessage(3009, LogLevel.Trace, "Utterance {UtteranceId} \"{Text}\": {Proposals}; reply \"{Reply}\"")]
    public static partial void TurnSpeech(ILogger logger, string utteranceId, string text, string proposals, string reply);

    [LoggerMessage(3010, LogLevel.Debug, "Answer to question {QuestionId} ignored: no such question is open")]
    public static partial void AnswerUnmatched(ILogger logger, string questionId);

    [LoggerMessage(3011, LogLevel.Error, "A merchant failed for order {OrderId}")]
    public static partial void MerchantFailed(ILogger logger, Exception exception, string orderId);

    [LoggerMessage(3012, LogLevel.Error, "The place port failed")]
    public static partial void PlacesFailed(ILogger logger, Exception exception);

    [LoggerMessage(3013, LogLevel.Information, "{Tool} for utterance {UtteranceId}: {Outcome}, {Reason}")]
    public static partial void ToolEnded(ILogger logger, string tool, string utteranceId, CommerceOutcome outcome, string reason);

    [LoggerMessage(3014, LogLevel.Error, "The port of {Tool} failed with {Error}")]
    public static partial void ToolPortFailed(ILogger logger, string tool, string error);
}
