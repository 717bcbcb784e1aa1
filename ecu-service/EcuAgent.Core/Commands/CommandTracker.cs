using System.Diagnostics.CodeAnalysis;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Commands;

/// <summary>
/// The life of every command: what was issued, what the ECU said, what ran out. A final state never changes. Safe for use
/// from several threads. Bounded: with <see cref="CommandTrackerOptions.MaxOpen"/> open commands a further one is refused and
/// counted.
/// </summary>
public sealed class CommandTracker : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly CommandTrackerOptions _options;
    private readonly ILogger _logger;
    private readonly Dictionary<string, TrackedCommand> _commands = new(StringComparer.Ordinal);
    private readonly Queue<string> _finished = new();
    private CommandCounters _counters;

    /// <summary>Makes an empty table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public CommandTracker(TimeProvider time, CommandTrackerOptions options, ILogger<CommandTracker> logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _time = time;
        _options = options;
        _logger = logger;
    }

    /// <summary>Raised once for every command that reached its final state, on the thread that brought it there. Handlers must be short and must not throw.</summary>
    public event Action<CommandResult>? Finished;

    /// <summary>The counters now.</summary>
    public CommandCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _counters with { Open = OpenCount_NeedsLock };
            }
        }
    }

    private int OpenCount_NeedsLock => _commands.Count - _finished.Count;

    /// <summary>Enters a command before it is sent, so that no outcome can be missed.</summary>
    /// <param name="command">The command; its expiry bounds the wait.</param>
    /// <param name="finished">Gives the final state, which comes at the latest with the expiry. Null when refused.</param>
    /// <returns>False when the table is full or the id is known already.</returns>
    public bool TryIssue(VehicleCommand command, [NotNullWhen(true)] out Task<CommandResult>? finished)
    {
        ArgumentNullException.ThrowIfNull(command);
        finished = null;
        lock (_gate)
        {
            if (OpenCount_NeedsLock >= _options.MaxOpen || _commands.ContainsKey(command.CommandId))
            {
                _counters = _counters with { RefusedFull = _counters.RefusedFull + 1 };
                return false;
            }

            var tracked = new TrackedCommand(command);
            _commands.Add(command.CommandId, tracked);
            finished = tracked.Finished;
            _counters = _counters with { Issued = _counters.Issued + 1 };
            var wait = command.Expires - _time.GetUtcNow();
            tracked.Expiry = _time.CreateTimer(
                static state => ((Action)state!)(),
                (Action)(() => Expire(command.CommandId)),
                wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
                Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>Ends a command that the transport did not take.</summary>
    public void OnNotSent(string commandId, CommandWriteResult result)
    {
        var reason = result == CommandWriteResult.NoPeer ? CommandReasons.NoPeer : CommandReasons.NotSent;
        Conclude(commandId, current => current with { State = CommandState.Failed, Reason = reason });
    }

    /// <summary>Takes in what an ECU reports.</summary>
    public OutcomeHandling OnOutcome(CommandOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        CommandResult? finished = null;
        OutcomeHandling handling;
        lock (_gate)
        {
            handling = Handle_NeedsLock(outcome, out finished);
            _counters = handling switch
            {
                OutcomeHandling.Duplicate => _counters with { DuplicateOutcomes = _counters.DuplicateOutcomes + 1 },
                OutcomeHandling.Late => _counters with { LateOutcomes = _counters.LateOutcomes + 1 },
                OutcomeHandling.UnknownCommand => _counters with { UnknownOutcomes = _counters.UnknownOutcomes + 1 },
                OutcomeHandling.Invalid => _counters with { InvalidOutcomes = _counters.InvalidOutcomes + 1 },
                _ => _counters,
            };
        }

        if (handling != OutcomeHandling.Applied)
        {
            Log.OutcomeIgnored(_logger, outcome.CommandId, outcome.Kind, handling);
        }

        Announce(finished);
        return handling;
    }

    /// <summary>Where a command stands, or null when it is not known.</summary>
    public CommandResult? Find(string commandId)
    {
        lock (_gate)
        {
            return _commands.TryGetValue(commandId, out var tracked) ? tracked.Result : null;
        }
    }

    /// <summary>Stops all timers. Open commands stay open for whoever waits; they lapse at the ECU.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var tracked in _commands.Values)
            {
                tracked.Expiry?.Dispose();
                tracked.Expiry = null;
            }
        }
    }

    private OutcomeHandling Handle_NeedsLock(CommandOutcome outcome, out CommandResult? finished)
    {
        finished = null;
        if (string.IsNullOrEmpty(outcome.CommandId) || StateOf(outcome.Kind) is not { } state)
        {
            return OutcomeHandling.Invalid;
        }

        if (!_commands.TryGetValue(outcome.CommandId, out var tracked))
        {
            return OutcomeHandling.UnknownCommand;
        }

        if (tracked.Result.State == CommandState.Expired)
        {
            return OutcomeHandling.Late;
        }

        if (tracked.Result.IsFinal || tracked.Result.State == state)
        {
            return OutcomeHandling.Duplicate;
        }

        // The timer may be behind: an outcome after the expiry is late whether or not the timer has run.
        if (_time.GetUtcNow() >= tracked.Result.Command.Expires)
        {
            finished = Finish_NeedsLock(tracked, Expired(tracked.Result));
            return OutcomeHandling.Late;
        }

        var result = tracked.Result with
        {
            State = state,
            Reason = outcome.Reason,
            Detail = outcome.Detail,
            AppliedValue = outcome.AppliedValue is { } value && double.IsFinite(value) ? value : null,
        };
        if (result.IsFinal)
        {
            finished = Finish_NeedsLock(tracked, result);
        }
        else
        {
            tracked.Result = result;
        }

        return OutcomeHandling.Applied;
    }

    private static CommandState? StateOf(CommandOutcomeKind kind) => kind switch
    {
        CommandOutcomeKind.Accepted => CommandState.Accepted,
        CommandOutcomeKind.Completed => CommandState.Completed,
        CommandOutcomeKind.Rejected => CommandState.Rejected,
        CommandOutcomeKind.Failed => CommandState.Failed,
        _ => null,
    };

    private void Expire(string commandId) => Conclude(commandId, Expired);

    private static CommandResult Expired(CommandResult current) => current with
    {
        State = CommandState.Expired,
        Reason = current.State == CommandState.Accepted ? CommandReasons.NoCompletion : CommandReasons.NoAnswer,
    };

    private void Conclude(string commandId, Func<CommandResult, CommandResult> change)
    {
        CommandResult? finished = null;
        lock (_gate)
        {
            if (_commands.TryGetValue(commandId, out var tracked) && !tracked.Result.IsFinal)
            {
                finished = Finish_NeedsLock(tracked, change(tracked.Result));
            }
        }

        Announce(finished);
    }

    private CommandResult Finish_NeedsLock(TrackedCommand tracked, CommandResult result)
    {
        tracked.Result = result;
        tracked.Finish();
        _finished.Enqueue(result.Command.CommandId);
        if (_finished.Count > _options.RememberFinished)
        {
            _commands.Remove(_finished.Dequeue());
        }

        _counters = result.State switch
        {
            CommandState.Completed => _counters with { Completed = _counters.Completed + 1 },
            CommandState.Rejected => _counters with { Rejected = _counters.Rejected + 1 },
            CommandState.Failed => _counters with { Failed = _counters.Failed + 1 },
            _ => _counters with { Expired = _counters.Expired + 1 },
        };
        return result;
    }

    private void Announce(CommandResult? finished)
    {
        if (finished is null)
        {
            return;
        }

        Log.CommandFinished(_logger, finished.Command.CommandId, finished.Command.Target, finished.State, finished.Reason);
        Finished?.Invoke(finished);
    }
}
