using System.Globalization;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.VehicleBus;

/// <summary>What the occupant says and the ECUs answer, from the wire to the service's own types; null when the sample makes no sense.</summary>
internal static class DialogueMapping
{
    private const int MostAlternatives = 4;

    // Older than this when it comes, and the recognizer's clock is wrong.
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(10);

    public static Utterance? ToPort(this in V1.Utterance s, DateTimeOffset received)
    {
        if (s.UtteranceId.IsEmpty || s.Text.IsEmpty || !s.Text.IsWellFormed || !(s.AsrConfidence is >= 0 and <= 1))
        {
            return null;
        }

        var alternatives = new List<string>();
        for (var i = 0; i < Math.Min((int)s.AlternativeCount, MostAlternatives); i++)
        {
            if (!s.Alternatives[i].IsEmpty && s.Alternatives[i].IsWellFormed)
            {
                alternatives.Add(s.Alternatives[i].ToString());
            }
        }

        return new Utterance
        {
            UtteranceId = s.UtteranceId.ToString(),
            Text = s.Text.ToString(),
            Alternatives = alternatives,
            AsrConfidence = s.AsrConfidence,
            Language = s.Language.ToString(),
            SpeakerZone = ToSpeaker(s.SpeakerZone),
            Received = received,
            Sent = SentAt(s.SourceTimeNs, received),
            Origin = string.Create(CultureInfo.InvariantCulture, $"{s.Source.ToString()}/{s.SourceTimeNs}/{s.SequenceNumber}"),
        };
    }

    private static DateTimeOffset? SentAt(long unixNanoseconds, DateTimeOffset received)
    {
        var age = (Units.ToUnixNanoseconds(received) - unixNanoseconds) / (double)TimeSpan.NanosecondsPerTick;
        return age >= 0 && age <= LongestWay.Ticks ? received - TimeSpan.FromTicks((long)age) : null;
    }

    public static ConfirmationAnswer? ToPort(this in V1.Confirmation s) => s.QuestionId.IsEmpty
        ? null
        : new ConfirmationAnswer(
            s.QuestionId.ToString(),
            s.Yes,
            ToSpeaker(s.SpeakerZone),
            s.Confidence is >= 0 and <= 1 ? s.Confidence : null,
            InputChannel.Voice);

    public static CommandOutcome? ToPort(this in V1.CommandOutcome s) => s.CommandId.IsEmpty
        ? null
        : new CommandOutcome(
            s.CommandId.ToString(),
            (CommandOutcomeKind)s.Kind,
            s.Reason.ToString(),
            s.Detail.ToString(),
            s.HasAppliedValue && double.IsFinite(s.AppliedValue) ? s.AppliedValue : null);

    public static PlaceAnswer ToPort(this in V1.PlaceResults s)
    {
        if (s.Status != V1.PlaceStatus.Found)
        {
            return s.Status == V1.PlaceStatus.None ? PlaceAnswer.None : PlaceAnswer.Failed;
        }

        var places = new List<Place>();
        for (var i = 0; i < Math.Min((int)s.PlaceCount, PlaceQuery.HighestMaxResults); i++)
        {
            var place = s.Places[i];
            if (place.Name.IsEmpty || !(Math.Abs(place.LatitudeDeg) <= 90) || !(Math.Abs(place.LongitudeDeg) <= 180))
            {
                continue;
            }

            places.Add(new Place
            {
                PlaceId = place.PlaceId.ToString(),
                Name = place.Name.ToString(),
                Category = (PlaceCategory)place.Category,
                Position = new GeoPoint(place.LatitudeDeg, place.LongitudeDeg),
                DistanceM = place.DistanceM,
                BearingDeg = place.BearingDeg,
                DetourM = place.DetourM,
                OpenNow = place.OpenNow,
            });
        }

        return places.Count > 0 ? PlaceAnswer.Found(places) : PlaceAnswer.None;
    }

    private static SpeakerZone ToSpeaker(V1.CabinZone zone) => zone switch
    {
        V1.CabinZone.Driver => SpeakerZone.Driver,
        V1.CabinZone.Passenger => SpeakerZone.Passenger,
        V1.CabinZone.RearLeft => SpeakerZone.RearLeft,
        V1.CabinZone.RearRight => SpeakerZone.RearRight,
        _ => SpeakerZone.Unknown,
    };
}
