using CsCheck;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Core.Tests.Gate;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Confirmation;

/// <summary>
/// Random lives of a question, judged by a witness that keeps the rules on its own: a commit may only pass with a yes, by
/// the right grown-up, on time, in a state that never became stricter, once, and for what was read back.
/// </summary>
public class CommitPropertyTests
{
    private static readonly Gen<GateRequest> Requests =
        Gen.Select(
            Gen.Enum<InputChannel>(),
            Gen.OneOf(SpeakerZone.Driver, SpeakerZone.Driver, SpeakerZone.Passenger, SpeakerZone.RearLeft, SpeakerZone.Unknown),
            Gen.OneOf(1200L, 1200L, 2999L, 5000L),
            Gen.OneOf("m-1", "m-1", "m-2", ""),
            (channel, zone, amount, merchant) => GateFixtures.Request(ActionClass.Commit, channel) with
            {
                Zone = zone,
                Amount = new Money(amount, "EUR"),
                Merchant = merchant,
            });

    private static readonly Gen<Step> Steps = Gen.OneOf(
        Gen.OneOf(GateFixtures.States).Select(state => (Step)new Drive(state)),
        Gen.Int[1, 12_000].Select(milliseconds => (Step)new Wait(milliseconds)),
        Requests.Select(request => (Step)new Ask(request)),
        Gen.Select(Gen.Bool, Gen.Enum<SpeakerZone>(), Gen.OneOf(0.3, 0.8, 0.95, double.NaN), Gen.Enum<InputChannel>(), Gen.Bool)
            .Select(x => (Step)new Reply(x.Item1, x.Item2, x.Item3, x.Item4, x.Item5)),
        Gen.Const((Step)new GoodYes()),
        Gen.Const((Step)new CommitSame()),
        Requests.Select(request => (Step)new CommitOther(request)));

    [Theory]
    [InlineData("strict")]
    [InlineData("voice-confirm")]
    public void Redeem_AnySequenceOfStatesAnswersAndTimes_PassesOnlyWithAValidYesInAnAllowedState(string profile)
    {
        int passed = 0;
        int refused = 0;
        Steps.Array[5, 40].Sample(
            steps =>
            {
                Witness witness = new(GateFixtures.Policy(profile));
                foreach (Step step in steps)
                {
                    witness.Play(step);
                }

                Interlocked.Add(ref passed, witness.Passed);
                Interlocked.Add(ref refused, witness.Refused);
            },
            iter: 3000);

        // Both must happen, or the test has stopped telling anything.
        Assert.True(passed > 50, $"only {passed} passed");
        Assert.True(refused > 500, $"only {refused} refused");
    }

    [Fact]
    public void CommitCheck_AnyConsentAndState_PassesOnlyAYesThatTheStateDidNotOutgrow()
    {
        int passed = 0;
        Gen.Select(Requests, Gen.OneOf(GateFixtures.States), Gen.OneOf(GateFixtures.States), Gen.Enum<ConsentKind>()).Sample(
            (request, now, asked, kind) =>
            {
                Consent consent = new() { Kind = kind, LoosestState = asked, Terms = request };
                GateDecision decision = ActionGate.CommitCheck(request, consent, GateFixtures.Situation(now), GateFixtures.VoiceConfirm);
                if (decision.IsAllowed)
                {
                    Interlocked.Increment(ref passed);
                    Assert.Equal(ConsentKind.Yes, kind);
                    Assert.NotEqual(DrivingState.Unknown, now);
                    Assert.False(Stricter(now, asked), $"{asked} to {now}");
                }
            },
            iter: 20_000);
        Assert.True(passed > 100, $"only {passed} passed");
    }

    [Fact]
    public void Decide_AnyCommit_NeverPassesOnItsOwn() =>
        Gen.Select(Requests, Gen.OneOf(GateFixtures.States), Gen.Bool).Sample((request, state, strict) =>
            Assert.False(ActionGate.Decide(
                request, GateFixtures.Situation(state), strict ? GateFixtures.Strict : GateFixtures.VoiceConfirm).IsAllowed));

    // Written anew rather than borrowed from the product, which is under test.
    private static bool Stricter(DrivingState now, DrivingState before) =>
        Array.IndexOf(GateFixtures.States, now) > Array.IndexOf(GateFixtures.States, before);

    private abstract record Step;

    private sealed record Drive(DrivingState State) : Step;

    private sealed record Wait(int Milliseconds) : Step;

    private sealed record Ask(GateRequest Request) : Step;

    private sealed record Reply(bool Yes, SpeakerZone Zone, double Confidence, InputChannel Channel, bool RightId) : Step;

    private sealed record GoodYes : Step;

    private sealed record CommitSame : Step;

    private sealed record CommitOther(GateRequest Request) : Step;

    private sealed class Witness(GatePolicy policy)
    {
        private readonly FakeTimeProvider time = new();

        private ConfirmationDesk? own;
        private DrivingState state = DrivingState.Parked;
        private long transitions;
        private OpenQuestion? question;
        private TimeSpan askedAt;
        private TimeSpan? yesAt;
        private bool broken;
        private TimeSpan now;

        internal int Passed { get; private set; }

        internal int Refused { get; private set; }

        private ConfirmationDesk Desk => own ??= new(time, NullLogger<ConfirmationDesk>.Instance);

        private GateSituation Situation => GateFixtures.Situation(state) with { TransitionCount = transitions };

        internal void Play(Step step)
        {
            switch (step)
            {
                case Drive drive:
                    broken |= Stricter(drive.State, state);
                    transitions += drive.State == state ? 0 : 1;
                    state = drive.State;
                    Desk.Observe(Situation);
                    break;
                case Wait wait:
                    now += TimeSpan.FromMilliseconds(wait.Milliseconds);
                    time.Advance(TimeSpan.FromMilliseconds(wait.Milliseconds));
                    break;
                case Ask ask when Desk.Open(ask.Request, Situation, policy).Question is { } opened:
                    (question, askedAt, yesAt, broken) = (opened, now, null, false);
                    break;
                case Reply reply when question is not null:
                    Answer(new(reply.RightId ? question.Id : "other", reply.Yes, reply.Zone, reply.Confidence, reply.Channel));
                    break;
                case GoodYes when question is not null:
                    Answer(new(question.Id, true, question.AnswerZone, 0.95, InputChannel.Voice));
                    break;
                case CommitSame when question is not null:
                    Commit(question.Request);
                    break;
                case CommitOther other when question is not null:
                    Commit(other.Request);
                    break;
            }
        }

        private void Answer(ConfirmationAnswer answer)
        {
            AnswerResult result = Desk.Answer(answer, Situation);
            if (result.Kind == AnswerKind.Accepted)
            {
                Assert.True(answer.Yes && answer.QuestionId == question!.Id);
                Assert.True(answer.Confidence >= 0.7);
                Assert.Equal(question!.Request.Zone == SpeakerZone.Unknown ? SpeakerZone.Driver : question.Request.Zone, answer.Zone);
                Assert.False(broken);
                Assert.True(now - askedAt <= TimeSpan.FromSeconds(question.State == DrivingState.Parked ? 30 : 8) || yesAt is not null);
                yesAt ??= now;
            }
            else if (!answer.Yes && answer.QuestionId == question!.Id)
            {
                yesAt = null;
            }
        }

        private void Commit(GateRequest request)
        {
            GateDecision decision = Desk.Redeem(question!.Id, request, Situation, policy);
            if (!decision.IsAllowed)
            {
                Refused++;
                return;
            }

            Passed++;
            Assert.NotNull(yesAt);
            Assert.True(now - yesAt <= TimeSpan.FromSeconds(10));
            Assert.False(broken, "the state became stricter in between");
            Assert.NotEqual(DrivingState.Unknown, state);
            Assert.True(state == DrivingState.Parked || policy.Profile == "voice-confirm");
            Assert.True(state == DrivingState.Parked || request.Amount!.Value.MinorUnits <= 3000);
            Assert.Equal(
                (question.Request.Amount, question.Request.Merchant, question.Request.Zone),
                (request.Amount, request.Merchant, request.Zone));
            yesAt = null;
        }
    }
}
