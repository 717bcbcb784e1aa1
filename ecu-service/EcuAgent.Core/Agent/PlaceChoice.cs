using EcuAgent.Core.Commands;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>Places from which the person may pick by saying "the second one" or a name.</summary>
/// <param name="QuestionId">Id of the question, or empty when the places were only told.</param>
/// <param name="Action">What happens with the chosen one.</param>
/// <param name="Request">The request that led here; the gate judges it again when a place is chosen.</param>
/// <param name="Places">In the order in which they were spoken.</param>
/// <param name="Phrases">The language of the question.</param>
/// <param name="Asked">Monotonic time stamp of the question.</param>
internal sealed record PlaceChoice(
    string QuestionId, NavigationAction Action, GateRequest Request, IReadOnlyList<Place> Places, Phrases Phrases, long Asked)
{
    /// <summary>Index of the one that was taken already, or null. Then only a word like "the other one" picks again, not a bare number.</summary>
    public int? Taken { get; init; }

    /// <summary>The part of the turn in which it was taken, or null.</summary>
    public TurnPart? TakenBy { get; init; }

    /// <summary>The stop that was taken of this choice and that the navigation ECU has on the route by now, or null.</summary>
    public Place? StopOnRoute => Action == NavigationAction.AddStop && Taken is { } index && TakenBy is { } part
        && part.Open.Exists(command => command is { IsCompletedSuccessfully: true, Result.State: CommandState.Completed })
            ? Places[index]
            : null;
}
