namespace EcuAgent.Core.Agent;

/// <summary>What the model proposes for one utterance. Nothing has been done.</summary>
/// <param name="Status">How planning ended.</param>
/// <param name="Calls">In the order of the model, at most as many as the catalogue allows.</param>
/// <param name="DroppedCalls">How many proposed calls were too many.</param>
/// <param name="Duration">Time spent in the model.</param>
/// <param name="OutputTokens">Tokens that the model wrote, or null when the client does not say.</param>
/// <param name="Error">What the model failed with, or null.</param>
public sealed record Plan(PlanStatus Status, IReadOnlyList<PlannedCall> Calls, int DroppedCalls, TimeSpan Duration, long? OutputTokens, Exception? Error)
{
    /// <summary>How many valid calls were left out because they say exactly what an earlier call of the same utterance says.</summary>
    public int RepeatedCalls { get; init; }

    /// <summary>Origin and name of the model that answered (<see cref="ModelOrigin"/>); empty when none did.</summary>
    public string Model { get; init; } = "";
}
