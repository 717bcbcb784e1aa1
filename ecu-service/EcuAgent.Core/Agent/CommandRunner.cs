using EcuAgent.Core.Audit;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Sends commands after a last look at the gate, and waits for what becomes of them.</summary>
internal sealed class CommandRunner(
    AgentServices services, AgentOptions options, CommandTracker tracker, Recorder recorder, AgentTally tally, ILogger logger)
{
    private readonly CommandNames _names = new(options.CommandExpiry);
    private TaskCompletionSource _readBackChanged = NewSignal();

    /// <summary>Ids and times for commands issued now.</summary>
    public CommandStamp Stamp(Utterance utterance) => _names.Stamp(utterance, services.Time.GetUtcNow());

    /// <summary>Wakes whoever waits for a read-back.</summary>
    public void OnReadBackChanged() => Interlocked.Exchange(ref _readBackChanged, NewSignal()).TrySetResult();

    /// <summary>Asks the gate a last time and sends.</summary>
    public async Task IssueAsync(Turn turn, TurnPart part, GateRequest request, IReadOnlyList<VehicleCommand> commands, CancellationToken cancellationToken)
    {
        foreach (var command in commands)
        {
            var decision = ActionGate.CommitCheck(request, default, SituationReader.Read(services.Snapshot()), services.Policy.Current);
            part.Decision = decision;
            part.ReasonCode = decision.Reason.Code();
            if (!decision.IsAllowed)
            {
                tally.Add(AgentCount.CallsDenied);
                await recorder.DecidedAsync(AuditKind.CommitCheck, request, decision).ConfigureAwait(false);
                part.Clauses.Add(turn.Phrases.Denied(decision.Reason));
                return;
            }

            if (!tracker.TryIssue(command, out var finished))
            {
                tally.Add(AgentCount.CommandsNotSent);
                part.ReasonCode = CommandReasons.TooManyOpen;
                await recorder.OwnAsync(DecisionKind.Deny, CommandReasons.TooManyOpen, turn.Utterance, part.Tool, request.ActionClass).ConfigureAwait(false);
                part.Clauses.Add(turn.Phrases.TooManyCommands);
                return;
            }

            part.Open.Add(finished);

            // On disk and on the Decision topic before the command leaves: a crash can lose a command, never the record of one.
            await recorder.IssuedAsync(request, decision, command).ConfigureAwait(false);
            var result = await WriteAsync(command, cancellationToken).ConfigureAwait(false);
            if (result == CommandWriteResult.Written)
            {
                turn.FirstCommandAfter ??= turn.Elapsed;
                tally.Add(AgentCount.CommandsSent);
            }
            else
            {
                tally.Add(AgentCount.CommandsNotSent);
                tracker.OnNotSent(command.CommandId, result);
            }
        }
    }

    /// <summary>Waits for the outcomes of a part, and for the read-back of those that completed.</summary>
    public async Task SettleAsync(TurnPart part)
    {
        foreach (var open in part.Open)
        {
            var result = await open.ConfigureAwait(false);
            part.Ended.Add(new CommandReport(result, await ReadBackAsync(result).ConfigureAwait(false)));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<CommandWriteResult> WriteAsync(VehicleCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return command switch
            {
                HvacCommand hvac => await services.Commands.SendAsync(hvac, cancellationToken).ConfigureAwait(false),
                NavigationCommand navigation => await services.Commands.SendAsync(navigation, cancellationToken).ConfigureAwait(false),
                _ => CommandWriteResult.Refused,
            };
        }
#pragma warning disable CA1031 // A transport can throw anything; the command then counts as not sent and the person is told so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.CommandNotWritten(logger, exception, command.CommandId);
            return CommandWriteResult.Refused;
        }
    }

    private async Task<ReadBack> ReadBackAsync(CommandResult result)
    {
        if (result.State != CommandState.Completed)
        {
            return new ReadBack(ReadBackVerdict.None);
        }

        var started = services.Time.GetTimestamp();
        ReadBack readBack;
        while (true)
        {
            // The signal is taken before the look, so that a change in between is not missed.
            var changed = Volatile.Read(ref _readBackChanged).Task;
            readBack = ReadBackCheck.Compare(result, services.Snapshot());
            var left = options.ReadBackWait - services.Time.GetElapsedTime(started);
            if (readBack.Verdict == ReadBackVerdict.Confirmed || left <= TimeSpan.Zero)
            {
                break;
            }

            try
            {
                await changed.WaitAsync(left, services.Time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                readBack = ReadBackCheck.Compare(result, services.Snapshot());
                break;
            }
        }

        tally.Add(readBack.Verdict == ReadBackVerdict.Confirmed ? AgentCount.ReadBacksConfirmed : AgentCount.ReadBacksMissing);
        return readBack;
    }
}
