using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Tells what stands beside the car. Without a fresh position and heading nothing is guessed.</summary>
internal sealed class Surroundings(AgentServices services, AgentOptions options, PlaceFinder places, Recorder recorder)
{
    private const double HalfSectorDeg = 45;

    /// <summary>Names the nearest place on one side of the car within <see cref="AgentOptions.BesideWithinM"/>.</summary>
    public async Task IdentifyAsync(Turn turn, TurnPart part, GateRequest request, string side, CancellationToken cancellationToken)
    {
        if (!services.Snapshot().Location.TryGet(out var location))
        {
            await TellAsync(turn, part, request, AgentReasons.PositionUnknown, turn.Phrases.NotKnown(ToolNames.GetRouteInfo, "position")).ConfigureAwait(false);
            return;
        }

        if (!double.IsFinite(location.HeadingDegrees))
        {
            await TellAsync(turn, part, request, AgentReasons.HeadingUnknown, turn.Phrases.HeadingUnknown).ConfigureAwait(false);
            return;
        }

        // A map answers with the nearest few of any kind; where those stand elsewhere, a sight may still be among its sights.
        var middle = location.HeadingDegrees + MiddleOf(side);
        var answer = await AskAsync(PlaceCategory.Any, cancellationToken).ConfigureAwait(false);
        var found = Nearest(answer, middle);
        if (found is null && answer.Status is PlaceStatus.Found or PlaceStatus.None)
        {
            answer = await AskAsync(PlaceCategory.Attraction, cancellationToken).ConfigureAwait(false);
            found = Nearest(answer, middle);
        }

        if (found is not null)
        {
            part.Clauses.Add(turn.Phrases.PlaceBeside(side, found.Name, found.DistanceM));
            return;
        }

        var isSilent = answer.Status is PlaceStatus.Failed or PlaceStatus.TimedOut;
        await TellAsync(
            turn,
            part,
            request,
            isSilent ? AgentReasons.PlacesUnavailable : AgentReasons.PlaceNotFound,
            isSilent ? turn.Phrases.PlacesUnavailable : turn.Phrases.NothingBeside(side, options.BesideWithinM)).ConfigureAwait(false);
    }

    /// <summary>Whether a bearing lies in the quarter around a direction; both in degrees clockwise from north, the edge belongs to it.</summary>
    internal static bool IsToward(double bearingDeg, double middleDeg) => Math.Abs(Math.IEEERemainder(bearingDeg - middleDeg, 360)) <= HalfSectorDeg;

    private static double MiddleOf(string side) => side switch
    {
        "left" => -90,
        "right" => 90,
        "behind" => 180,
        _ => 0,
    };

    private Task<PlaceAnswer> AskAsync(PlaceCategory category, CancellationToken cancellationToken) =>
        places.AskAsync("", category, PlaceNear.Here, false, PlaceQuery.HighestMaxResults, cancellationToken);

    // The saved places are the person's own, not sights.
    private Place? Nearest(PlaceAnswer answer, double middleDeg) => answer.Places
        .Where(place => place.Category is not (PlaceCategory.Home or PlaceCategory.Work)
            && place.DistanceM <= options.BesideWithinM && double.IsFinite(place.BearingDeg) && IsToward(place.BearingDeg, middleDeg))
        .MinBy(place => place.DistanceM);

    private async Task TellAsync(Turn turn, TurnPart part, GateRequest request, string reason, string clause)
    {
        part.ReasonCode = reason;
        part.Clauses.Add(clause);
        await recorder.OwnAsync(DecisionKind.Deny, reason, turn.Utterance, part.Tool, request.ActionClass).ConfigureAwait(false);
    }
}
