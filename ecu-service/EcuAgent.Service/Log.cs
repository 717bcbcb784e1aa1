using EcuAgent.Core.Commerce;
using EcuAgent.Core.Standby;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "Ready: {Bus}, policy {Policy}, model {Model}")]
    public static partial void Ready(this ILogger logger, string bus, string policy, string model);

    [LoggerMessage(4001, LogLevel.Critical, "Stage {Stage} ended by surprise; the service stops so that a supervisor can start it again")]
    public static partial void StageDied(this ILogger logger, Exception error, string stage);

    [LoggerMessage(4002, LogLevel.Critical, "Another EcuAgent (instance {InstanceId}, since {StartedAt:O}) serves {Bus}; this one leaves")]
    public static partial void OtherServiceWasFirst(this ILogger logger, string instanceId, DateTimeOffset startedAt, string bus);

    [LoggerMessage(4003, LogLevel.Warning, "Another EcuAgent (instance {InstanceId}) has joined {Bus} after this one")]
    public static partial void OtherServiceJoined(this ILogger logger, string instanceId, string bus);

    [LoggerMessage(4004, LogLevel.Error, "The model cannot be used, requests will be answered with that fact: {Problem}")]
    public static partial void ModelUnavailable(this ILogger logger, string problem);

    [LoggerMessage(4005, LogLevel.Warning, "Utterance {UtteranceId} refused: {Waiting} are waiting already")]
    public static partial void UtteranceRefused(this ILogger logger, string utteranceId, int waiting);

    [LoggerMessage(4006, LogLevel.Information, "Degraded: {Reasons}")]
    public static partial void Degraded(this ILogger logger, string reasons);

    [LoggerMessage(4007, LogLevel.Information, "Healthy again")]
    public static partial void HealthyAgain(this ILogger logger);

    [LoggerMessage(4008, LogLevel.Error, "A turn of the dialogue failed")]
    public static partial void TurnFailed(this ILogger logger, Exception error);

    [LoggerMessage(4009, LogLevel.Information, "Model {Model} loaded and warmed up in {ElapsedMs} ms")]
    public static partial void ModelReady(this ILogger logger, string model, long elapsedMs);

    [LoggerMessage(4010, LogLevel.Debug, "Turn {UtteranceId}: {Status}, planned after {PlannedMs} ms, first command after {CommandMs} ms")]
    public static partial void TurnDone(this ILogger logger, string utteranceId, string status, double? plannedMs, double? commandMs);

    [LoggerMessage(4021, LogLevel.Error, "The purchase journal cannot be used, nothing can be bought: {Problem}")]
    public static partial void JournalUnusable(this ILogger logger, string problem);

    [LoggerMessage(4022, LogLevel.Error, "Looking after the orders failed; it is tried again")]
    public static partial void OrdersFailed(this ILogger logger, Exception error);

    [LoggerMessage(4023, LogLevel.Error, "The purchase journal could not be purged; it is tried again in a day")]
    public static partial void PurgeFailed(this ILogger logger, Exception error);

    [LoggerMessage(4024, LogLevel.Debug, "An event of {Merchant} about an order: {Kind} after {ElapsedMs} ms")]
    public static partial void OrderLooked(this ILogger logger, string merchant, OrderLookKind kind, double elapsedMs);

    [LoggerMessage(4025, LogLevel.Information, "Order events so far: {Taken} taken, {Duplicate} repeated, {Late} late, {Ignored} of other types, {NotGenuine} not genuine, {NotUnderstood} not understood, {Malformed} other requests, {NoRoom} refused because too many orders waited")]
    public static partial void OrderEvents(
        this ILogger logger, long taken, long duplicate, long late, long ignored, long notGenuine, long notUnderstood, long malformed, long noRoom);

    [LoggerMessage(4026, LogLevel.Information, "Orders of those events: {Joined} waited already, {Looked} looked after, {NotOpen} not open here, {LeftToPolling} left to polling")]
    public static partial void OrdersLooked(this ILogger logger, long joined, long looked, long notOpen, long leftToPolling);

    [LoggerMessage(4020, LogLevel.Warning, "The cloud helper cannot be made, its folder {Folder} cannot be used: {Detail}. The service goes on without it")]
    public static partial void CloudHelperNotMade(this ILogger logger, string folder, string detail);

    [LoggerMessage(4027, LogLevel.Information, "Standby: now {State} with strength {Strength}")]
    public static partial void StandbyChanged(this ILogger logger, StandbyState state, int strength);

    [LoggerMessage(4028, LogLevel.Information, "Standby: instance {InstanceId} leads with strength {Strength}")]
    public static partial void StandbyLeader(this ILogger logger, string instanceId, int strength);

    [LoggerMessage(4029, LogLevel.Warning, "Standby: {CarryOut} utterances of the service that led are carried out here, {TellOnly} may have been carried out there")]
    public static partial void UtterancesTakenOver(this ILogger logger, int carryOut, int tellOnly);
}
