using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Core.Tests.Gate;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Confirmation;

public class ConfirmationDeskTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ConfirmationDesk desk;

    public ConfirmationDeskTests() => desk = new(time, NullLogger<ConfirmationDesk>.Instance);

    private static GateRequest Purchase => GateFixtures.Request(ActionClass.Commit);

    private static GateSituation Parked => GateFixtures.Situation(DrivingState.Parked);

    private static GateSituation Moving => GateFixtures.Situation(DrivingState.Moving);

    [Fact]
    public void Redeem_AfterReadBackAndYesWhileParked_LetsThePurchaseThroughOnce()
    {
        OpenQuestion question = Open(Parked, GateFixtures.Strict);

        AnswerResult answer = desk.Answer(Yes(question), Parked);
        GateDecision first = desk.Redeem(question.Id, Purchase, Parked, GateFixtures.Strict);
        GateDecision second = desk.Redeem(question.Id, Purchase, Parked, GateFixtures.Strict);

        Assert.Equal(AnswerKind.Accepted, answer.Kind);
        Assert.Equal((GateDecisionKind.Allow, GateReason.Confirmed), (first.Kind, first.Reason));
        Assert.Equal((GateDecisionKind.Confirm, GateReason.ConsentMissing), (second.Kind, second.Reason));
        Assert.Null(desk.Current);
    }

    [Fact]
    public void Redeem_WithoutYes_DoesNotLetThrough()
    {
        OpenQuestion question = Open(Parked, GateFixtures.Strict);

        Assert.Equal(GateReason.ConsentMissing, desk.Redeem(question.Id, Purchase, Parked, GateFixtures.Strict).Reason);
        Assert.Equal(question, desk.Current);
    }

    [Fact]
    public void Open_SecondQuestion_IsRefusedAndTheFirstStays()
    {
        OpenQuestion first = Open(Parked, GateFixtures.Strict);

        OpenResult second = desk.Open(Purchase, Parked, GateFixtures.Strict);

        Assert.Equal((null, OpenRefusal.AlreadyOpen), (second.Question, second.Refusal));
        Assert.Equal(first, desk.Current);
    }

    [Fact]
    public void Open_WhatCannotBeReadBack_IsRefused()
    {
        Assert.Equal(OpenRefusal.AmountUnknown, desk.Open(Purchase with { Amount = null }, Parked, GateFixtures.Strict).Refusal);
        Assert.Equal(OpenRefusal.MerchantUnknown, desk.Open(Purchase with { Merchant = null }, Parked, GateFixtures.Strict).Refusal);
        Assert.Equal(OpenRefusal.GateSaysNo, desk.Open(Purchase, Moving, GateFixtures.Strict).Refusal);
        Assert.Equal(OpenRefusal.GateSaysNo, desk.Open(GateFixtures.Request(ActionClass.Comfort), Parked, GateFixtures.Strict).Refusal);
        Assert.Null(desk.Current);
    }

    [Theory]
    [InlineData("strict", DrivingState.Parked, 30)]
    [InlineData("voice-confirm", DrivingState.Parked, 30)]
    [InlineData("voice-confirm", DrivingState.Idling, 8)]
    [InlineData("voice-confirm", DrivingState.Moving, 8)]
    public void Answer_OnTimeCountsAndLateDoesNot(string profile, DrivingState state, int seconds)
    {
        GateSituation situation = GateFixtures.Situation(state);
        OpenQuestion onTime = Open(situation, GateFixtures.Policy(profile));
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(AnswerKind.Accepted, desk.Answer(Yes(onTime), situation).Kind);
        desk.Withdraw(onTime.Id);

        OpenQuestion late = Open(situation, GateFixtures.Policy(profile));
        time.Advance(TimeSpan.FromSeconds(seconds) + TimeSpan.FromTicks(1));

        Assert.Equal(AnswerKind.Expired, desk.Answer(Yes(late), situation).Kind);
        Assert.Null(desk.TakeExpired());
        Assert.Equal(GateReason.ConsentExpired, desk.Redeem(late.Id, Purchase, situation, GateFixtures.Policy(profile)).Reason);
    }

    [Fact]
    public void TakeExpired_UnansweredQuestion_IsReportedOnce()
    {
        OpenQuestion question = Open(Parked, GateFixtures.Strict);
        Assert.Null(desk.TakeExpired());

        time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(question, desk.TakeExpired());
        Assert.Null(desk.TakeExpired());
    }

    [Fact]
    public void Redeem_YesThatWaitedTooLong_IsExpired()
    {
        OpenQuestion question = Open(Parked, GateFixtures.Strict);
        desk.Answer(Yes(question), Parked);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(AnswerKind.Accepted, desk.Answer(Yes(question), Parked).Kind);
        time.Advance(TimeSpan.FromSeconds(4) + TimeSpan.FromTicks(1));

        Assert.Equal(GateReason.ConsentExpired, desk.Redeem(question.Id, Purchase, Parked, GateFixtures.Strict).Reason);
    }

    [Theory]
    [InlineData(DrivingState.Parked, DrivingState.Idling)]
    [InlineData(DrivingState.Parked, DrivingState.Moving)]
    [InlineData(DrivingState.Parked, DrivingState.Unknown)]
    [InlineData(DrivingState.Idling, DrivingState.Moving)]
    [InlineData(DrivingState.Idling, DrivingState.Unknown)]
    [InlineData(DrivingState.Moving, DrivingState.Unknown)]
    public void Observe_Tightening_RevokesAndIsReportedOnce(DrivingState asked, DrivingState now)
    {
        GateSituation before = GateFixtures.Situation(asked);
        OpenQuestion question = Open(before, GateFixtures.VoiceConfirm);
        desk.Answer(Yes(question), before);

        OpenQuestion? revoked = desk.Observe(GateFixtures.Situation(now));

        Assert.Equal(question, revoked);
        Assert.Null(desk.Observe(GateFixtures.Situation(now)));
        Assert.Equal(AnswerKind.Revoked, desk.Answer(Yes(question), before).Kind);
        Assert.Equal(GateReason.ConsentRevoked, desk.Redeem(question.Id, Purchase, before, GateFixtures.VoiceConfirm).Reason);
    }

    [Fact]
    public void Observe_LooseningThenBack_RevokesToo()
    {
        OpenQuestion question = Open(Moving, GateFixtures.VoiceConfirm);

        Assert.Null(desk.Observe(GateFixtures.Situation(DrivingState.Idling)));
        Assert.Equal(question, desk.Observe(Moving));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(6, false)]
    public void Answer_TransitionCountSkippedOrWentBack_RevokesBecauseAStateWasNotSeen(long count, bool accepted)
    {
        OpenQuestion question = Open(Parked with { TransitionCount = 7 }, GateFixtures.Strict);

        AnswerResult result = desk.Answer(Yes(question), Parked with { TransitionCount = count });

        Assert.Equal(accepted ? AnswerKind.Accepted : AnswerKind.Revoked, result.Kind);
    }

    [Fact]
    public void Answer_WithTighterSituation_RevokesWithoutObserve()
    {
        OpenQuestion question = Open(Parked, GateFixtures.VoiceConfirm);

        Assert.Equal(AnswerKind.Revoked, desk.Answer(Yes(question), Moving).Kind);
        Assert.Null(desk.Observe(Moving));
    }

    [Fact]
    public void Redeem_WithTighterSituation_IsRevoked()
    {
        OpenQuestion question = Open(Parked, GateFixtures.VoiceConfirm);
        desk.Answer(Yes(question), Parked);

        GateDecision decision = desk.Redeem(question.Id, Purchase, Moving, GateFixtures.VoiceConfirm);

        Assert.Equal((GateDecisionKind.Confirm, GateReason.ConsentRevoked), (decision.Kind, decision.Reason));
        Assert.Equal(question, desk.Observe(Moving));
    }

    [Fact]
    public void Redeem_DriverGotDrowsySinceTheYes_IsDeferred()
    {
        OpenQuestion question = Open(Moving, GateFixtures.VoiceConfirm);
        desk.Answer(Yes(question), Moving);

        GateDecision decision = desk.Redeem(
            question.Id, Purchase, Moving with { Driver = new DriverCondition(8, 0.9, false) }, GateFixtures.VoiceConfirm);

        Assert.Equal((GateDecisionKind.Defer, GateReason.DriverDrowsy), (decision.Kind, decision.Reason));
        Assert.Null(desk.Current);
    }

    public static TheoryData<string> OtherTerms() => ["tool", "terms", "amount", "currency", "merchant", "zone", "class"];

    [Theory]
    [MemberData(nameof(OtherTerms))]
    public void Redeem_ForOtherTermsThanReadBack_DoesNotLetThroughAndUsesTheYesUp(string which)
    {
        OpenQuestion question = Open(Parked, GateFixtures.Strict);
        desk.Answer(Yes(question), Parked);
        GateRequest other = which switch
        {
            "tool" => Purchase with { ToolName = "book_hotel" },
            "terms" => Purchase with { TermsKey = "{\"item\": \"rice\"}" },
            "amount" => Purchase with { Amount = new(1201, "EUR") },
            "currency" => Purchase with { Amount = new(1200, "USD") },
            "merchant" => Purchase with { Merchant = "m-2" },
            "zone" => Purchase with { Zone = SpeakerZone.Passenger },
            _ => Purchase with { ActionClass = (ActionClass)99 },
        };

        GateDecision wrong = desk.Redeem(question.Id, other, Parked, GateFixtures.Strict);
        GateDecision right = desk.Redeem(question.Id, Purchase, Parked, GateFixtures.Strict);

        Assert.False(wrong.IsAllowed);
        Assert.Equal(which == "class" ? GateReason.RequestInvalid : GateReason.ConsentForOtherTerms, wrong.Reason);
        Assert.Equal(GateReason.ConsentMissing, right.Reason);
    }

    public static TheoryData<string, GateReason> NotAYes() => new()
    {
        { "another zone", GateReason.AnotherSpeaker },
        { "zone not known", GateReason.SpeakerUnknown },
        { "zone of no defined value", GateReason.SpeakerUnknown },
        { "child on the seat", GateReason.SpeakerIsChild },
        { "seat empty", GateReason.SpeakerSeatEmpty },
        { "low confidence", GateReason.AsrConfidenceLow },
        { "no confidence", GateReason.AsrConfidenceLow },
        { "NaN confidence", GateReason.AsrConfidenceLow },
        { "confidence above one", GateReason.AsrConfidenceLow },
        { "channel not known", GateReason.VoiceOnly },
    };

    [Theory]
    [MemberData(nameof(NotAYes))]
    public void Answer_YesThatDoesNotCount_LeavesTheQuestionOpen(string how, GateReason reason)
    {
        OpenQuestion question = Open(Parked, GateFixtures.Strict);
        ConfirmationAnswer yes = Yes(question);
        GateSituation situation = Parked;
        switch (how)
        {
            case "another zone": yes = yes with { Zone = SpeakerZone.Passenger }; break;
            case "zone not known": yes = yes with { Zone = SpeakerZone.Unknown }; break;
            case "zone of no defined value": yes = yes with { Zone = (SpeakerZone)9 }; break;
            case "child on the seat": situation = situation with { DriverSeat = SeatOccupant.Child }; break;
            case "seat empty": situation = situation with { DriverSeat = SeatOccupant.Empty }; break;
            case "low confidence": yes = yes with { Confidence = 0.69 }; break;
            case "no confidence": yes = yes with { Confidence = null }; break;
            case "NaN confidence": yes = yes with { Confidence = double.NaN }; break;
            case "confidence above one": yes = yes with { Confidence = 1.1 }; break;
            default: yes = yes with { Channel = InputChannel.Unknown }; break;
        }

        AnswerResult result = desk.Answer(yes, situation);

        Assert.Equal((AnswerKind.NotAYes, reason), (result.Kind, result.Reason));
        Assert.Equal(GateReason.ConsentMissing, desk.Redeem(question.Id, Purchase, Parked, GateFixtures.Strict).Reason);
        Assert.Equal(AnswerKind.Accepted, desk.Answer(Yes(question), Parked).Kind);
    }

    [Fact]
    public void Answer_Touch_CountsWhileParkedOnly()
    {
        OpenQuestion parked = Open(Parked, GateFixtures.VoiceConfirm);
        Assert.Equal(AnswerKind.Accepted, desk.Answer(Yes(parked) with { Channel = InputChannel.Touch }, Parked).Kind);
        desk.Withdraw(parked.Id);

        OpenQuestion moving = Open(Moving, GateFixtures.VoiceConfirm);
        Assert.Equal(GateReason.VoiceOnly, desk.Answer(Yes(moving) with { Channel = InputChannel.Touch }, Moving).Reason);
    }

    [Fact]
    public void Answer_DriverSeatNotSeen_CountsWhileParkedAndNotInTraffic()
    {
        OpenQuestion parked = Open(Parked, GateFixtures.VoiceConfirm);
        Assert.Equal(AnswerKind.Accepted, desk.Answer(Yes(parked), GateSituation.Of(DrivingState.Parked)).Kind);
        desk.Withdraw(parked.Id);

        OpenQuestion moving = Open(Moving, GateFixtures.VoiceConfirm);
        Assert.Equal(GateReason.SpeakerUnknown, desk.Answer(Yes(moving), GateSituation.Of(DrivingState.Moving)).Reason);
    }

    [Fact]
    public void Answer_AskerNotKnown_OnlyTheDriversYesCounts()
    {
        OpenQuestion question = desk.Open(Purchase with { Zone = SpeakerZone.Unknown }, Parked, GateFixtures.Strict).Question!;

        Assert.Equal(GateReason.AnotherSpeaker, desk.Answer(Yes(question) with { Zone = SpeakerZone.Passenger }, Parked).Reason);
        Assert.Equal(AnswerKind.Accepted, desk.Answer(Yes(question) with { Zone = SpeakerZone.Driver }, Parked).Kind);
    }

    [Fact]
    public void Answer_NoFromAnybody_ClosesEvenAnAcceptedQuestion()
    {
        OpenQuestion question = Open(Parked, GateFixtures.Strict);
        desk.Answer(Yes(question), Parked);

        AnswerResult no = desk.Answer(new(question.Id, false, SpeakerZone.RearLeft, null, InputChannel.Unknown), Parked);

        Assert.Equal(AnswerKind.Declined, no.Kind);
        Assert.Equal(GateReason.ConsentMissing, desk.Redeem(question.Id, Purchase, Parked, GateFixtures.Strict).Reason);
        Assert.Equal(AnswerKind.UnknownQuestion, desk.Answer(Yes(question), Parked).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("some-other-id")]
    public void Answer_OtherId_ChangesNothing(string? id)
    {
        OpenQuestion question = Open(Parked, GateFixtures.Strict);

        Assert.Equal(AnswerKind.UnknownQuestion, desk.Answer(Yes(question) with { QuestionId = id }, Parked).Kind);
        Assert.Equal(AnswerKind.UnknownQuestion, desk.Answer(Yes(question) with { QuestionId = id, Yes = false }, Parked).Kind);
        Assert.Equal(question, desk.Current);
    }

    private OpenQuestion Open(in GateSituation situation, GatePolicy policy)
    {
        OpenResult result = desk.Open(Purchase, situation, policy);
        Assert.Equal(OpenRefusal.None, result.Refusal);
        return result.Question!;
    }

    private static ConfirmationAnswer Yes(OpenQuestion question) =>
        new(question.Id, true, question.AnswerZone, 0.9, InputChannel.Voice);
}
