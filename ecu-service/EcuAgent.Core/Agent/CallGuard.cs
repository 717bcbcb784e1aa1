using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Agent;

/// <summary>Keeps a fault of ours in one call from taking the turn and the service with it: it is logged, counted and told.</summary>
internal sealed class CallGuard(AgentTally tally, ILogger logger)
{
    /// <summary>Carries a call out.</summary>
    /// <param name="turn">Whose call it is.</param>
    /// <param name="part">Takes what is told.</param>
    /// <param name="tool">Named in the log.</param>
    /// <param name="act">The call.</param>
    /// <param name="cancellationToken">Its token.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task RunAsync(Turn turn, TurnPart part, string tool, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One call that cannot be carried out must not take the others and the service with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            tally.Add(AgentCount.CallsFaulted);
            part.ReasonCode = AgentReasons.CallFaulted;
            part.Clauses.Add(turn.Phrases.ModelUnavailable);
            Log.CallFaulted(logger, exception, tool, turn.Utterance.UtteranceId);
        }
    }
}
