using System.Text;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Idl;

namespace EcuAgent.VehicleBus.Tests;

public sealed class DialogueMappingTests
{
    private static readonly DateTimeOffset Received = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Fact]
    public void Utterance_WellFormed_IsTakenWhole()
    {
        var wire = Said();
        wire.AlternativeCount = 3;
        wire.Alternatives[0] = BoundedString512.From("second guess");
        wire.Alternatives[2] = BoundedString512.From("第三");
        var utterance = wire.ToPort(Received)!;

        Assert.Equal("u1", utterance.UtteranceId);
        Assert.Equal("打开空调 now", utterance.Text);
        Assert.Equal(["second guess", "第三"], utterance.Alternatives); // the empty one is left out
        Assert.Equal(0.75, utterance.AsrConfidence);
        Assert.Equal("zh", utterance.Language);
        Assert.Equal(SpeakerZone.Passenger, utterance.SpeakerZone);
        Assert.Equal(Received, utterance.Received);
    }

    [Fact]
    public void Utterance_Origin_IsThatOfTheSampleWhoeverReceivesItAndWhenever()
    {
        var wire = Said() with { Source = BoundedString32.From("ecu.speech"), SourceTimeNs = 5, SequenceNumber = 7 };
        Assert.Equal("ecu.speech/5/7", wire.ToPort(Received)!.Origin);
        Assert.Equal("ecu.speech/5/7", wire.ToPort(Received.AddSeconds(3))!.Origin);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(9_999, true)]
    [InlineData(10_001, false)]
    [InlineData(-1, false)]
    public void Utterance_SentTime_IsTakenOnlyFromAClockThatCanBeRight(int millisecondsBefore, bool isTaken)
    {
        var sent = Received.AddMilliseconds(-millisecondsBefore);
        var wire = Said() with { SourceTimeNs = (sent - DateTimeOffset.UnixEpoch).Ticks * 100 };
        Assert.Equal(isTaken ? sent : null, wire.ToPort(Received)!.Sent);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.PositiveInfinity)]
    public void Utterance_ConfidenceOutsideZeroToOne_IsRefused(double confidence) =>
        Assert.Null((Said() with { AsrConfidence = confidence }).ToPort(Received));

    [Fact]
    public void Utterance_WithoutIdOrText_IsRefused()
    {
        Assert.Null((Said() with { UtteranceId = default }).ToPort(Received));
        Assert.Null((Said() with { Text = default }).ToPort(Received));
    }

    [Fact]
    public void Utterance_TextThatIsNoUtf8_IsRefusedAndSuchAnAlternativeLeftOut()
    {
        var broken = Broken();
        Assert.Null((Said() with { Text = broken }).ToPort(Received));

        var wire = Said();
        wire.AlternativeCount = 2;
        wire.Alternatives[0] = broken;
        wire.Alternatives[1] = BoundedString512.From("good");
        Assert.Equal(["good"], wire.ToPort(Received)!.Alternatives);
    }

    [Fact]
    public void Utterance_AlternativeCountBeyondTheArray_TakesWhatThereIs()
    {
        var wire = Said();
        wire.AlternativeCount = 255;
        for (var i = 0; i < 4; i++)
        {
            wire.Alternatives[i] = BoundedString512.From($"a{i}");
        }

        Assert.Equal(["a0", "a1", "a2", "a3"], wire.ToPort(Received)!.Alternatives);
    }

    [Theory]
    [InlineData(V1.CabinZone.Driver, SpeakerZone.Driver)]
    [InlineData(V1.CabinZone.Passenger, SpeakerZone.Passenger)]
    [InlineData(V1.CabinZone.RearLeft, SpeakerZone.RearLeft)]
    [InlineData(V1.CabinZone.RearRight, SpeakerZone.RearRight)]
    [InlineData(V1.CabinZone.Unknown, SpeakerZone.Unknown)]
    [InlineData(V1.CabinZone.Front, SpeakerZone.Unknown)]
    [InlineData(V1.CabinZone.Rear, SpeakerZone.Unknown)]
    [InlineData(V1.CabinZone.All, SpeakerZone.Unknown)]
    [InlineData((V1.CabinZone)99, SpeakerZone.Unknown)]
    public void Speaker_OnASeat_IsThatSeatAndUnknownWhereSeveralAreMeant(V1.CabinZone zone, SpeakerZone speaker) =>
        Assert.Equal(speaker, (Said() with { SpeakerZone = zone }).ToPort(Received)!.SpeakerZone);

    [Fact]
    public void Confirmation_KeepsAnswerAndIsRefusedWithoutAQuestion()
    {
        var wire = new V1.Confirmation
        {
            QuestionId = BoundedString36.From("q1"),
            Yes = true,
            SpeakerZone = V1.CabinZone.Driver,
            Confidence = 0.5,
        };
        var answer = wire.ToPort()!.Value;
        Assert.Equal(("q1", true, SpeakerZone.Driver, (double?)0.5), (answer.QuestionId, answer.Yes, answer.Zone, answer.Confidence));
        Assert.Null((wire with { Confidence = double.NaN }).ToPort()!.Value.Confidence);
        Assert.Null((wire with { QuestionId = default }).ToPort());
    }

    [Fact]
    public void Outcome_KeepsKindReasonAndAppliedValue()
    {
        var wire = new V1.CommandOutcome
        {
            CommandId = BoundedString36.From("c1"),
            Kind = V1.OutcomeKind.Rejected,
            Reason = BoundedString48.From("busy"),
            Detail = BoundedString128.From("later"),
            HasAppliedValue = true,
            AppliedValue = 21.5,
        };
        Assert.Equal(new CommandOutcome("c1", CommandOutcomeKind.Rejected, "busy", "later", 21.5), wire.ToPort());
        Assert.Null((wire with { HasAppliedValue = false }).ToPort()!.AppliedValue);
        Assert.Null((wire with { AppliedValue = double.NaN }).ToPort()!.AppliedValue);
        Assert.Null((wire with { CommandId = default }).ToPort());
    }

    [Fact]
    public void Places_OffTheEarthOrWithoutAName_AreLeftOut()
    {
        var wire = new V1.PlaceResults { Status = V1.PlaceStatus.Found, PlaceCount = 200 };
        wire.Places[0] = Found("good", 48, 11);
        wire.Places[1] = Found("", 48, 11);
        wire.Places[2] = Found("north", 91, 11);
        wire.Places[3] = Found("nan", 48, double.NaN);

        var answer = wire.ToPort();

        var place = Assert.Single(answer.Places);
        Assert.Equal(PlaceStatus.Found, answer.Status);
        Assert.Equal(("id-good", "good", PlaceCategory.Cafe), (place.PlaceId, place.Name, place.Category));
        Assert.Equal(new GeoPoint(48, 11), place.Position);
        Assert.Equal((100.0, 90.0, 5.0, true), (place.DistanceM, place.BearingDeg, place.DetourM, place.OpenNow));
    }

    [Theory]
    [InlineData(V1.PlaceStatus.Found, PlaceStatus.None)] // found, but nothing usable in it
    [InlineData(V1.PlaceStatus.None, PlaceStatus.None)]
    [InlineData(V1.PlaceStatus.Failed, PlaceStatus.Failed)]
    [InlineData((V1.PlaceStatus)9, PlaceStatus.Failed)]
    public void Places_WithNothingInThem_KeepTheirStatus(V1.PlaceStatus wire, PlaceStatus status) =>
        Assert.Equal(status, new V1.PlaceResults { Status = wire }.ToPort().Status);

    private static V1.Place Found(string name, double latitude, double longitude) => new()
    {
        PlaceId = BoundedString64.From("id-" + name),
        Name = BoundedString128.From(name),
        Category = V1.PlaceCategory.Cafe,
        LatitudeDeg = latitude,
        LongitudeDeg = longitude,
        DistanceM = 100,
        BearingDeg = 90,
        DetourM = 5,
        OpenNow = true,
    };

    private static V1.Utterance Said() => new()
    {
        UtteranceId = BoundedString36.From("u1"),
        Text = BoundedString512.From("打开空调 now"),
        AsrConfidence = 0.75,
        Language = BoundedString16.From("zh"),
        SpeakerZone = V1.CabinZone.Passenger,
    };

    private static BoundedString512 Broken()
    {
        var text = BoundedString512.From("xx");
        text[0] = 0xC3; // begins a character of two bytes that does not go on
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString([text[0], text[1]]));
        return text;
    }
}
