using EcuAgent.Core.Agent;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Ports;
using EcuAgent.Eval.Scoring;
using EcuAgent.Eval.Sets;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Eval.Running;

/// <summary>Takes utterances through the agent's planner with the agent's own options, one at a time as the service does. Nothing is carried out.</summary>
/// <param name="model">The model that is measured.</param>
/// <param name="catalogue">Its tools.</param>
/// <param name="time">Clock of the planner.</param>
/// <param name="answersBefore">
/// Whether the model answers the earlier utterance of a line itself, as in the car, where its answer may be wrong; else it is given the line's answer.
/// </param>
internal sealed class EvalRunner(IChatClient model, ToolCatalogue catalogue, TimeProvider time, bool answersBefore = false)
{
    private readonly Planner _planner = new(model, catalogue, new AgentOptions(), time, NullLogger<Planner>.Instance);

    /// <summary>Plans every item in order.</summary>
    /// <param name="items">The utterances.</param>
    /// <param name="done">Called after each one with the number done.</param>
    /// <param name="cancellationToken">Stops between and within utterances.</param>
    public async Task<IReadOnlyList<ItemOutcome>> RunAsync(IReadOnlyList<EvalItem> items, Action<int> done, CancellationToken cancellationToken)
    {
        var outcomes = new List<ItemOutcome>(items.Count);
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcomes.Add(await RunAsync(item, cancellationToken).ConfigureAwait(false));
            done(outcomes.Count);
        }

        return outcomes;
    }

    private static ItemStatus StatusOf(PlanStatus status) => status switch
    {
        PlanStatus.Planned => ItemStatus.Planned,
        PlanStatus.NoCalls => ItemStatus.NoCalls,
        PlanStatus.TimedOut => ItemStatus.TimedOut,
        _ => ItemStatus.Failed,
    };

    private async Task<ItemOutcome> RunAsync(EvalItem item, CancellationToken cancellationToken)
    {
        // The agent ignores such utterances before planning.
        if (item.Utterance.Length > Utterance.LongestText)
        {
            var error = FormattableString.Invariant($"the text has {item.Utterance.Length} characters, the service takes {Utterance.LongestText}");
            return new ItemOutcome(item, ItemStatus.TooLong, [], 0, null, error);
        }

        var plan = await _planner.PlanAsync(await RequestAsync(item, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var status = StatusOf(plan.Status);
        TimeSpan? duration = status is ItemStatus.Planned or ItemStatus.NoCalls ? plan.Duration : null;
        return new ItemOutcome(item, status, plan.Calls, plan.DroppedCalls, duration, plan.Error?.Message);
    }

    private async Task<PlanRequest> RequestAsync(EvalItem item, CancellationToken cancellationToken)
    {
        var request = Request(item, item.Utterance);
        if (!answersBefore || item.Before is not { } before)
        {
            return request with { Earlier = item.Before?.ToTurn() };
        }

        var plan = await _planner.PlanAsync(Request(item, before.Utterance), cancellationToken).ConfigureAwait(false);
        return request with { Earlier = EarlierTurn.From(before.Utterance, plan) };
    }

    // A car of which nothing is known but its driving state: what a set line can say.
    private PlanRequest Request(EvalItem item, string text)
    {
        var snapshot = new VehicleSnapshot { TakenAt = time.GetUtcNow(), Driving = new DrivingStateStatus { State = item.Car } };
        return new PlanRequest(text, item.Car, item.Speaker, VehicleContextWriter.Write(snapshot));
    }
}
