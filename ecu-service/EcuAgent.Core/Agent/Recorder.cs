using EcuAgent.Core.Audit;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Writes every decision to the audit and then to the decision port; keeps failures of either away from the turn.</summary>
internal sealed class Recorder(AgentServices services, AgentTally tally, ILogger logger)
{
    private readonly TurnModels _models = new();
    private readonly LastStatus _published = new();

    /// <summary>From now on the records of this utterance name the model that answered it.</summary>
    public void Answered(Utterance utterance, Plan plan)
    {
        if (plan.Model.Length > 0)
        {
            _models.Add(utterance.UtteranceId, plan.Model);
        }
    }

    /// <summary>Records what the gate said. False when the audit did not take it.</summary>
    public ValueTask<bool> DecidedAsync(AuditKind kind, in GateRequest request, in GateDecision decision, string questionId = "", string commandId = "") =>
        WriteAsync(
            Entry(kind, request, decision) with { QuestionId = questionId, Terms = request.TermsKey, CommandId = commandId },
            decision.Kind switch
            {
                GateDecisionKind.Allow or GateDecisionKind.AllowLimited => DecisionKind.Allow,
                GateDecisionKind.Confirm => DecisionKind.Confirm,
                GateDecisionKind.Defer => DecisionKind.Defer,
                _ => DecisionKind.Deny,
            });

    /// <summary>Records a decision of the agent itself.</summary>
    public ValueTask<bool> OwnAsync(DecisionKind kind, string reason, Utterance utterance, string tool = "", ActionClass actionClass = ActionClass.Inform) =>
        WriteAsync(
            new AuditEntry
            {
                Kind = AuditKind.Decision,
                UtteranceId = utterance.UtteranceId,
                Tool = tool,
                ActionClass = actionClass,
                Decision = kind switch
                {
                    DecisionKind.Allow => GateDecisionKind.Allow,
                    DecisionKind.Confirm => GateDecisionKind.Confirm,
                    DecisionKind.Defer => GateDecisionKind.Defer,
                    _ => GateDecisionKind.Deny,
                },
                Reason = reason,
                State = services.Snapshot().Driving.State,
                Zone = utterance.SpeakerZone,
                Channel = InputChannel.Voice,
                AsrConfidence = utterance.AsrConfidence,
                UtteranceText = utterance.Text,
            },
            kind);

    /// <summary>Records a command that is about to be sent, together with the decision that lets it out.</summary>
    public ValueTask<bool> IssuedAsync(in GateRequest request, in GateDecision decision, VehicleCommand command) =>
        WriteAsync(
            Entry(AuditKind.CommandIssued, request, decision) with { CommandId = command.CommandId },
            DecisionKind.Allow);

    /// <summary>Records how a command ended; not a decision, so the audit only.</summary>
    public void Ended(CommandResult result) => services.Audit.Append(new AuditEntry
    {
        Kind = AuditKind.CommandOutcome,
        UtteranceId = result.Command.UtteranceId,
        Model = _models.Of(result.Command.UtteranceId),
        CommandId = result.Command.CommandId,
        Reason = result.Reason.Length > 0 ? result.Reason : CodeOf(result.State),
    });

    /// <summary>Records how a call of a tool of others ended; not a decision, so the audit only.</summary>
    public void Ended(ToolCall call, string callId, ToolAnswer answer) => services.Audit.Append(new AuditEntry
    {
        Kind = AuditKind.ToolEnded,
        UtteranceId = call.UtteranceId,
        Tool = call.FullName,
        CommandId = callId,
        Reason = $"{answer.Outcome.ToString().ToLowerInvariant()}:{answer.Reason}",
        State = services.Snapshot().Driving.State,
    });

    /// <summary>Records what became of a question or a deferred request; not a decision, so the audit only.</summary>
    public void Noted(AuditKind kind, string reason, string questionId = "", string deferralId = "", string tool = "", string utteranceId = "") =>
        services.Audit.Append(new AuditEntry
        {
            Kind = kind,
            Reason = reason,
            QuestionId = questionId,
            DeferralId = deferralId,
            Tool = tool,
            UtteranceId = utteranceId,
            Model = _models.Of(utteranceId),
            State = services.Snapshot().Driving.State,
        });

    /// <summary>Publishes where an order stands, unless that is what was published last.</summary>
    public ValueTask PublishAsync(OrderStatus status) =>
        PublishAsync("order status", status.OrderId, status, () => services.Orders.PublishAsync(status, CancellationToken.None));

    /// <summary>Publishes how far a parcel is, unless that is what was published last.</summary>
    public ValueTask PublishAsync(ParcelStatus status) =>
        PublishAsync("parcel status", status.ParcelId, status, () => services.Orders.PublishAsync(status, CancellationToken.None));

    private async ValueTask PublishAsync(string what, string id, object status, Func<ValueTask> publish)
    {
        if (!_published.TryReplace(id, status))
        {
            return;
        }

        try
        {
            await publish().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A port that cannot publish must not end the turn; it is counted and logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _published.Forget(id);
            tally.Add(AgentCount.PortFailures);
            Log.PortFailed(logger, exception, what);
        }
    }

    private static AuditEntry Entry(AuditKind kind, in GateRequest request, in GateDecision decision) => new()
    {
        Kind = kind,
        UtteranceId = request.UtteranceId,
        Tool = request.ToolName,
        ActionClass = request.ActionClass,
        Decision = decision.Kind,
        Reason = decision.Reason.Code(),
        State = decision.State,
        Zone = request.Zone,
        Channel = request.Channel,
        AsrConfidence = request.AsrConfidence,
    };

    private static string CodeOf(CommandState state) => state switch
    {
        CommandState.Completed => "completed",
        CommandState.Rejected => "rejected",
        CommandState.Failed => "failed",
        _ => "expired",
    };

    private async ValueTask<bool> WriteAsync(AuditEntry entry, DecisionKind kind)
    {
        var now = services.Time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        var profile = services.Policy.Current.Profile;
        var written = services.Audit.Append(entry with { DecisionId = id, Profile = profile, Model = _models.Of(entry.UtteranceId) });
        try
        {
            await services.Decisions.PublishAsync(
                new DecisionRecord
                {
                    DecisionId = id,
                    Time = now,
                    UtteranceId = entry.UtteranceId ?? "",
                    CommandId = entry.CommandId ?? "",
                    Tool = entry.Tool ?? "",
                    ActionClass = entry.ActionClass ?? ActionClass.Inform,
                    Kind = kind,
                    Reason = entry.Reason ?? "",
                    DrivingState = entry.State ?? DrivingState.Unknown,
                    PolicyProfile = profile,
                },
                CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A port that cannot publish must not end the turn; it is counted and logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            tally.Add(AgentCount.PortFailures);
            Log.PortFailed(logger, exception, "decision");
        }

        return written;
    }
}
