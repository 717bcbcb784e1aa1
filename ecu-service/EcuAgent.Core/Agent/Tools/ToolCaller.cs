using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tools;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent.Tools;

/// <summary>Asks the port of tools of others within a bounded time, also one that does not look at its token or throws.</summary>
internal sealed class ToolCaller(AgentServices services, IToolPort port, AgentOptions options, Recorder recorder, ILogger logger)
{
    /// <summary>Checks a call; nothing of it is sent.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ToolCheck> CheckAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var (check, failure) = await BoundedAsync(call, token => port.CheckAsync(call, token), cancellationToken).ConfigureAwait(false);
        return check ?? new ToolCheck(CommerceOutcome.NotSent, failure);
    }

    /// <summary>Calls, with a permit that is asked right before the call leaves, and records the end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the tool may have been called.</exception>
    public async Task<ToolAnswer> CallAsync(PendingTool pending, ToolPermit permit, CancellationToken cancellationToken)
    {
        var call = pending.Call;
        var (answer, failure) = await BoundedAsync(call, token => port.CallAsync(call, permit.AskAsync, token), cancellationToken).ConfigureAwait(false);
        answer ??= permit.TryClose()
            ? new ToolAnswer(CommerceOutcome.NotSent, failure)
            : new ToolAnswer(CommerceOutcome.Unknown, failure == AgentReasons.ToolTimedOut ? ToolReasons.NoAnswer : failure);
        recorder.Ended(call, pending.CallId, answer);
        Log.ToolEnded(logger, call.FullName, call.UtteranceId, answer.Outcome, answer.Reason);
        return answer;
    }

    private async Task<(T? Value, string Failure)> BoundedAsync<T>(ToolCall call, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = new CancellationTokenSource(options.ToolTimeout, services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await ask(both.Token).WaitAsync(both.Token).ConfigureAwait(false), "");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (null, AgentReasons.ToolTimedOut);
        }
#pragma warning disable CA1031 // Any port can be plugged in and throw anything; what it throws may hold what a server wrote, so only its kind is logged.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.ToolPortFailed(logger, call.FullName, error.GetType().Name);
            return (null, AgentReasons.CallFaulted);
        }
    }
}
