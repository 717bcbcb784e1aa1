using System.Text.RegularExpressions;
using EcuAgent.Core.Catalogue;
using EcuAgent.QwenCloud.Privacy;
using EcuAgent.Signals;

namespace EcuAgent.QwenCloud.Leaving;

/// <summary>Builds what leaves the car from an utterance and the car's picture. Nothing else of the two is looked at. Pure.</summary>
internal static partial class OutgoingRequestBuilder
{
    private static readonly string[] PlaceSubjects = ["navigation", "poi", "food", "hotel", "ticket"];

    /// <summary>Builds the request.</summary>
    /// <param name="utterance">What was said.</param>
    /// <param name="local">What the local model made of it.</param>
    /// <param name="snapshot">Driving state and position are taken from it.</param>
    /// <param name="mayTellArea">Whether the settings let the area leave at all.</param>
    public static OutgoingRequest Build(string utterance, IReadOnlyList<CallValidation> local, VehicleSnapshot snapshot, bool mayTellArea)
    {
        var masked = TextMask.Apply(utterance);
        AreaCell? area = null;
        if (mayTellArea && NeedsPlace(utterance, local) && snapshot.Location.TryGet(out var location))
        {
            area = AreaGrid.CellOf(location.LatitudeDegrees, location.LongitudeDegrees);
        }

        return new OutgoingRequest(
            new SentFields
            {
                Utterance = masked.Text,
                Language = Chinese().IsMatch(utterance) ? "zh" : "en",
                Driving = snapshot.Driving.State switch
                {
                    DrivingState.Parked => "parked",
                    DrivingState.Idling => "idling",
                    DrivingState.Moving => "moving",
                    _ => "unknown",
                },
                Area = area,
            },
            masked);
    }

    /// <summary>Whether a request can only be understood with a place: it says so, or the local model asks back about one.</summary>
    public static bool NeedsPlace(string utterance, IReadOnlyList<CallValidation> local) =>
        PlaceWord().IsMatch(utterance)
        || local.Any(call => call is { IsValid: true, Tool.Name: ToolNames.Clarify } && PlaceSubjects.Contains(call.Arguments.Text("about")));

    [GeneratedRegex(@"\b(?:near|nearby|nearest|closest|close by|around|here|local|neighbou?rhood)\b|附近|最近|周围|周边|旁边|这里|这边|本地|沿途", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlaceWord();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.CultureInvariant)]
    private static partial Regex Chinese();
}
