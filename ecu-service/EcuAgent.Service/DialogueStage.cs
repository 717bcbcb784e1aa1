using EcuAgent.Core.Agent;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>Feeds the agent: utterances, answers, changes of the driving state, and its clock tick.</summary>
/// <remarks>
/// Five loops, so that nothing waits behind a running plan: a tightened state revokes an open question at once, and an outcome reaches
/// its command while the next utterance is planned. A turn that fails is logged; the next one goes on.
/// </remarks>
internal sealed class DialogueStage(
    AssistantAgent agent, Inbox inbox, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<DialogueStage> logger)
    : Stage(lifetime, logger)
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    protected override string Name => "dialogue";

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var loops = new List<Task>
        {
            Task.Run(() => TakeUtterancesAsync(stopping), stopping),
            Task.Run(() => TakeAnswersAsync(stopping), stopping),
            Task.Run(() => FollowSituationAsync(stopping), stopping),
            Task.Run(() => FollowReadBackAsync(stopping), stopping),
            Task.Run(() => TickAsync(stopping), stopping),
        };
        await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task TakeUtterancesAsync(CancellationToken stopping)
    {
        await foreach (var utterance in inbox.Utterances.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            // Not awaited: the agent plans one at a time itself, and a reply that waits for an ECU must not hold up the next request.
            _ = HandleAsync(utterance, stopping);
        }
    }

    private async Task HandleAsync(Utterance utterance, CancellationToken stopping)
    {
        await GuardAsync(async () =>
        {
            // Those of a service that died come many at once and stay in order: begun here, one after the other.
            var turn = utterance.TakeOver == UtteranceTakeOver.None
                ? Task.Run(() => agent.HandleUtteranceAsync(utterance, stopping), stopping)
                : agent.HandleUtteranceAsync(utterance, stopping);
            var report = await turn.ConfigureAwait(false);
            Logger.TurnDone(
                report.UtteranceId,
                report.Status.ToString(),
                report.PlannedAfter?.TotalMilliseconds,
                report.FirstCommandAfter?.TotalMilliseconds);
        }).ConfigureAwait(false);
    }

    private async Task TakeAnswersAsync(CancellationToken stopping)
    {
        await foreach (var answer in inbox.Answers.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            switch (answer)
            {
                case CommandOutcome outcome:
                    agent.OnCommandOutcome(outcome);
                    break;
                case ConfirmationAnswer confirmation:
                    // Judged at once, in order; not awaited: an order takes seconds, and the outcome that its route waits for comes in here.
                    _ = GuardAsync(() => agent.OnConfirmationAsync(confirmation));
                    break;
            }
        }
    }

    private async Task FollowSituationAsync(CancellationToken stopping)
    {
        while (true)
        {
            await inbox.SituationChanged.WaitAsync(stopping).ConfigureAwait(false);
            await GuardAsync(agent.OnSituationChangedAsync).ConfigureAwait(false);
        }
    }

    private async Task FollowReadBackAsync(CancellationToken stopping)
    {
        while (true)
        {
            await inbox.ReadBackChanged.WaitAsync(stopping).ConfigureAwait(false);
            agent.OnReadBackChanged();
        }
    }

    private async Task TickAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TickPeriod, time);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            await GuardAsync(agent.TickAsync).ConfigureAwait(false);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
#pragma warning disable CA1031 // One bad turn must not end the dialogue; it is logged with its stack.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Logger.TurnFailed(error);
        }
    }
}
