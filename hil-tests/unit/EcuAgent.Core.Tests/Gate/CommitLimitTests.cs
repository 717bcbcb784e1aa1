using EcuAgent.Core.Gate;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Gate;

/// <summary>Profile voice-confirm: spoil one thing about a good purchase in traffic, and it waits or is refused.</summary>
public class CommitLimitTests
{
    public static TheoryData<string, string> SpoiledThings() => new()
    {
        { "nothing", "Confirm confirmation_needed" },
        { "amount at the order cap", "Confirm confirmation_needed" },
        { "amount a cent over the order cap", "Defer amount_over_order_cap" },
        { "trip cap reached exactly", "Confirm confirmation_needed" },
        { "trip cap passed by a cent", "Defer amount_over_trip_cap" },
        { "amounts near overflow", "Defer amount_over_order_cap" },
        { "trip spend near overflow", "Defer amount_over_trip_cap" },
        { "amount missing", "Defer amount_unknown" },
        { "amount negative", "Defer amount_unknown" },
        { "currency not a code", "Defer amount_unknown" },
        { "currency without a cap", "Defer currency_not_listed" },
        { "nothing to pay", "Confirm confirmation_needed" },
        { "trip spend missing", "Defer trip_spend_unknown" },
        { "trip spend negative", "Defer trip_spend_unknown" },
        { "trip spend in another currency", "Defer trip_spend_unknown" },
        { "merchant missing", "Defer merchant_unknown" },
        { "merchant new", "Defer merchant_not_used_before" },
        { "merchant history missing", "Defer merchant_not_used_before" },
        { "recognizer at the minimum", "Confirm confirmation_needed" },
        { "recognizer below the minimum", "Defer asr_confidence_low" },
        { "recognizer silent", "Defer asr_confidence_low" },
        { "recognizer NaN", "Defer asr_confidence_low" },
        { "recognizer above one", "Defer asr_confidence_low" },
        { "driver at the drowsiness limit", "Confirm confirmation_needed" },
        { "driver drowsy", "Defer driver_drowsy" },
        { "drowsiness missing", "Defer drowsiness_unknown" },
        { "drowsiness zero", "Defer drowsiness_unknown" },
        { "drowsiness ten", "Defer drowsiness_unknown" },
        { "attention at the minimum", "Confirm confirmation_needed" },
        { "attention low", "Defer attention_low" },
        { "attention missing", "Defer attention_unknown" },
        { "attention NaN", "Defer attention_unknown" },
        { "attention above one", "Defer attention_unknown" },
        { "phone in use", "Defer phone_in_use" },
        { "phone not known", "Defer attention_unknown" },
        { "asked by passenger", "Confirm confirmation_needed" },
        { "asked by passenger, seat not seen", "Deny speaker_unknown" },
        { "asked by child in front", "Deny speaker_is_child" },
        { "asked from an empty seat", "Deny speaker_seat_empty" },
        { "asked from the rear", "Deny speaker_not_permitted" },
        { "asked by nobody known", "Defer speaker_unknown" },
        { "driver's seat not seen", "Defer speaker_unknown" },
        { "asked by touch", "Deny voice_only" },
    };

    [Theory]
    [MemberData(nameof(SpoiledThings))]
    public void Decide_PurchaseInTrafficWithOneThingChanged_GivesTheStatedAnswer(string thing, string expected)
    {
        foreach (DrivingState state in (DrivingState[])[DrivingState.Idling, DrivingState.Moving])
        {
            GateRequest request = GateFixtures.Request(ActionClass.Commit);
            GateSituation situation = GateFixtures.Situation(state);
            Change(thing, ref request, ref situation);

            GateDecision decision = ActionGate.Decide(request, situation, GateFixtures.VoiceConfirm);

            Assert.Equal(expected, $"{decision.Kind} {decision.Reason.Code()}");
        }
    }

    [Fact]
    public void Decide_StateOfNoDefinedValue_IsJudgedAsUnknown()
    {
        GateDecision decision = ActionGate.Decide(
            GateFixtures.Request(ActionClass.Commit), GateFixtures.Situation((DrivingState)77), GateFixtures.VoiceConfirm);

        Assert.Equal((GateDecisionKind.Defer, DrivingState.Unknown), (decision.Kind, decision.State));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Decide_ClassOfNoDefinedValue_IsDenied(int actionClass)
    {
        GateDecision decision = ActionGate.Decide(
            GateFixtures.Request((ActionClass)actionClass), GateFixtures.Situation(DrivingState.Parked), GateFixtures.Strict);

        Assert.Equal((GateDecisionKind.Deny, GateReason.RequestInvalid), (decision.Kind, decision.Reason));
    }

    [Fact]
    public void Decide_NothingFilledIn_ParkedIsStillRefusedWithoutYes()
    {
        GateRequest request = new() { ActionClass = ActionClass.Commit };

        GateDecision proposed = ActionGate.Decide(request, GateSituation.Of(DrivingState.Parked), GateFixtures.Strict);
        GateDecision atCommit = ActionGate.CommitCheck(request, default, GateSituation.Of(DrivingState.Parked), GateFixtures.Strict);

        Assert.Equal(GateDecisionKind.Confirm, proposed.Kind);
        Assert.Equal((GateDecisionKind.Deny, GateReason.AmountUnknown), (atCommit.Kind, atCommit.Reason));
    }

    [Fact]
    public void Decision_DefaultValue_IsARefusal()
    {
        Assert.Equal((GateDecisionKind.Deny, false), (default(GateDecision).Kind, default(GateDecision).IsAllowed));
    }

    private static void Change(string thing, ref GateRequest request, ref GateSituation situation)
    {
        DriverCondition driver = situation.Driver;
        switch (thing)
        {
            case "nothing": break;
            case "amount at the order cap": request = request with { Amount = new(3000, "EUR") }; break;
            case "amount a cent over the order cap": request = request with { Amount = new(3001, "EUR") }; break;
            case "trip cap reached exactly": request = request with { SpentThisTrip = new(6800, "EUR") }; break;
            case "trip cap passed by a cent": request = request with { SpentThisTrip = new(6801, "EUR") }; break;
            case "amounts near overflow": request = request with { Amount = new(long.MaxValue, "EUR"), SpentThisTrip = new(long.MaxValue, "EUR") }; break;
            case "trip spend near overflow": request = request with { SpentThisTrip = new(long.MaxValue, "EUR") }; break;
            case "amount missing": request = request with { Amount = null }; break;
            case "amount negative": request = request with { Amount = new(-1, "EUR") }; break;
            case "currency not a code": request = request with { Amount = new(1, "eur") }; break;
            case "currency without a cap": request = request with { Amount = new(1, "CHF") }; break;
            case "nothing to pay": request = request with { Amount = Money.Nothing, SpentThisTrip = null }; break;
            case "trip spend missing": request = request with { SpentThisTrip = null }; break;
            case "trip spend negative": request = request with { SpentThisTrip = new(-5000, "EUR") }; break;
            case "trip spend in another currency": request = request with { SpentThisTrip = new(0, "USD") }; break;
            case "merchant missing": request = request with { Merchant = "" }; break;
            case "merchant new": request = request with { MerchantUsedBefore = false }; break;
            case "merchant history missing": request = request with { MerchantUsedBefore = null }; break;
            case "recognizer at the minimum": request = request with { AsrConfidence = 0.85 }; break;
            case "recognizer below the minimum": request = request with { AsrConfidence = 0.8499 }; break;
            case "recognizer silent": request = request with { AsrConfidence = null }; break;
            case "recognizer NaN": request = request with { AsrConfidence = double.NaN }; break;
            case "recognizer above one": request = request with { AsrConfidence = 1.01 }; break;
            case "driver at the drowsiness limit": driver = driver with { DrowsinessKss = 6 }; break;
            case "driver drowsy": driver = driver with { DrowsinessKss = 7 }; break;
            case "drowsiness missing": driver = driver with { DrowsinessKss = null }; break;
            case "drowsiness zero": driver = driver with { DrowsinessKss = 0 }; break;
            case "drowsiness ten": driver = driver with { DrowsinessKss = 10 }; break;
            case "attention at the minimum": driver = driver with { AttentionProbability = 0.7 }; break;
            case "attention low": driver = driver with { AttentionProbability = 0.69 }; break;
            case "attention missing": driver = driver with { AttentionProbability = null }; break;
            case "attention NaN": driver = driver with { AttentionProbability = double.NaN }; break;
            case "attention above one": driver = driver with { AttentionProbability = 1.5 }; break;
            case "phone in use": driver = driver with { PhoneInUse = true }; break;
            case "phone not known": driver = driver with { PhoneInUse = null }; break;
            case "asked by passenger": request = request with { Zone = SpeakerZone.Passenger }; break;
            case "asked by passenger, seat not seen": request = request with { Zone = SpeakerZone.Passenger }; situation = situation with { PassengerSeat = SeatOccupant.Unknown }; break;
            case "asked by child in front": request = request with { Zone = SpeakerZone.Passenger }; situation = situation with { PassengerSeat = SeatOccupant.Child }; break;
            case "asked from an empty seat": request = request with { Zone = SpeakerZone.Passenger }; situation = situation with { PassengerSeat = SeatOccupant.Empty }; break;
            case "asked from the rear": request = request with { Zone = SpeakerZone.RearLeft }; situation = situation with { RearLeftSeat = SeatOccupant.Adult }; break;
            case "asked by nobody known": request = request with { Zone = SpeakerZone.Unknown }; break;
            case "driver's seat not seen": situation = situation with { DriverSeat = SeatOccupant.Unknown }; break;
            case "asked by touch": request = request with { Channel = InputChannel.Touch }; break;
            default: throw new ArgumentOutOfRangeException(nameof(thing), thing, "no such change");
        }

        situation = situation with { Driver = driver };
    }
}
