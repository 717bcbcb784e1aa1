using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>What the planner needs to know about one utterance.</summary>
/// <param name="Text">What was said.</param>
/// <param name="DrivingState">State of the car for the context line.</param>
/// <param name="Speaker">Who spoke.</param>
/// <param name="ContextJson">The vehicle context as one JSON object; empty for none. See <see cref="VehicleContextWriter"/>.</param>
public sealed record PlanRequest(string Text, DrivingState DrivingState, SpeakerZone Speaker, string ContextJson = "")
{
    /// <summary>What the same person said just before, or null. The model is told, and texts may be copied from there as well.</summary>
    public EarlierTurn? Earlier { get; init; }
}
