using EcuAgent.Core.Gate;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Confirmation;

/// <summary>Event ids 3120 .. 3139. No amounts, merchants or speech.</summary>
internal static partial class Log
{
    [LoggerMessage(3120, LogLevel.Information, "Question {QuestionId} opened while {State}, to be answered within {Seconds} s")]
    internal static partial void QuestionOpened(ILogger logger, string questionId, DrivingState state, double seconds);

    [LoggerMessage(3121, LogLevel.Information, "No question opened: {Refusal}, gate says {Reason}")]
    internal static partial void QuestionRefused(ILogger logger, OpenRefusal refusal, string reason);

    [LoggerMessage(3122, LogLevel.Information, "Answer to question {QuestionId}: {Kind}, {Reason}")]
    internal static partial void QuestionAnswered(ILogger logger, string questionId, AnswerKind kind, string reason);

    [LoggerMessage(3123, LogLevel.Warning, "Question {QuestionId} revoked: driving state went from {Before} to {Now}")]
    internal static partial void QuestionRevoked(ILogger logger, string questionId, DrivingState before, DrivingState now);

    [LoggerMessage(3124, LogLevel.Information, "Question {QuestionId} expired")]
    internal static partial void QuestionExpired(ILogger logger, string questionId);

    [LoggerMessage(3125, LogLevel.Information, "Commit check for question {QuestionId}: {Kind}, {Reason}")]
    internal static partial void CommitChecked(ILogger logger, string questionId, GateDecisionKind kind, string reason);
}
