using CsCheck;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>
/// Random talks about several errands: yes, no, silence, changes, cancellations, driving off and parking, faults of merchants, in any order.
/// Whatever happens, each payment has a yes of its own that was said while the car was parked, to the question that was read back last, for the
/// amount that was read back; and nothing is left open at the end.
/// </summary>
public sealed class ErrandPropertyTests
{
    private const int Sequences = 250;

    private static readonly Gen<Act[]> Talks = Gen.Frequency(
        (5, Gen.Const(Act.SayMany)),
        (3, Gen.Const(Act.SayOne)),
        (8, Gen.Const(Act.Yes)),
        (2, Gen.Const(Act.No)),
        (2, Gen.Const(Act.LateYes)),
        (1, Gen.Const(Act.UnsureYes)),
        (2, Gen.Const(Act.MakeItTwo)),
        (1, Gen.Const(Act.Cancel)),
        (2, Gen.Const(Act.DriveOff)),
        (2, Gen.Const(Act.DriveOffUnnoticed)),
        (3, Gen.Const(Act.Park)),
        (2, Gen.Const(Act.Tick)),
        (1, Gen.Const(Act.Wait)),
        (1, Gen.Const(Act.TripEnds)),
        (1, Gen.Const(Act.PriceChanges)),
        (1, Gen.Const(Act.MerchantFails)),
        (1, Gen.Const(Act.Delay))).Array[4, 20];

    [Fact]
    public void Errands_AnyTalk_NothingIsBoughtWithoutAYesOfItsOwn()
    {
        var (bought, talks) = (0, 0);
        Talks.Sample(
            acts =>
            {
                using var talk = new Talk();
                talk.PlayAsync(acts).GetAwaiter().GetResult();
                Interlocked.Add(ref bought, talk.Bought);
                Interlocked.Increment(ref talks);
            },
            iter: Sequences);

        Assert.True(bought > Sequences / 5, $"only {bought} purchases in {talks} talks");
    }

    private enum Act
    {
        SayMany, SayOne, Yes, No, LateYes, UnsureYes, MakeItTwo, Cancel, DriveOff, DriveOffUnnoticed, Park, Tick, Wait, TripEnds, PriceChanges, MerchantFails, Delay,
    }

    private sealed class Talk : IDisposable
    {
        private readonly ErrandRig _way = new();
        private readonly HashSet<string> _yes = [];
        private readonly List<Charge> _charged = [];
        private int _said;

        internal int Bought => _way.Mall.Charges.Count;

        private AgentRig Rig => _way.Rig;

        private AssistantReply? Question => Rig.Ports.Replies.LastOrDefault(reply => reply.OpenQuestionId.Length > 0);

        private bool IsParked => Rig.State.TakeSnapshot().Driving.State == DrivingState.Parked;

        public void Dispose() => _way.Dispose();

        internal async Task PlayAsync(Act[] acts)
        {
            Rig.State.Apply(new PowerModeSample(Rig.Envelope(), PowerModeKind.On));
            await Rig.Agent.TickAsync();
            foreach (var act in acts)
            {
                var before = Bought;
                var question = Question;
                var isParked = IsParked;
                await DoAsync(act);
                Check(act, before, question, isParked);
            }

            Rig.Park(6);
            _way.Stay(2000);
            for (var i = 0; i < 4; i++)
            {
                await Rig.Agent.TickAsync();
                _way.Stay(40);
            }

            var bought = Bought;
            await Rig.Agent.TickAsync();
            await Rig.Agent.SettleOrdersAsync(CancellationToken.None);
            Assert.Equal(bought, Bought);
            Assert.Null(Rig.Services.Confirmations.Current);
            Assert.All(Rig.Journal.All, record => Assert.NotEqual(PurchaseStage.Quoted, record.Stage));
        }

        private void Check(Act act, int before, AssistantReply? question, bool isParked)
        {
            Assert.InRange(Bought, before, before + 1);
            if (Bought == before)
            {
                return;
            }

            Assert.Equal(Act.Yes, act);
            Assert.True(isParked, "bought while not parked");
            Assert.True(_yes.Add(question!.OpenQuestionId), "two purchases with one yes");
            var charge = _way.Mall.Charges.Except(_charged).Single();
            _charged.Add(charge);
            var amount = new Money(charge.MinorUnits, TestMerchant.Currency).ToMajor().ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
            var readBack = Rig.Ports.Replies.First(reply => reply.OpenQuestionId == question.OpenQuestionId).Text;
            Assert.Contains($"for {amount} EUR", readBack, StringComparison.Ordinal);
            Assert.Single(_way.Mall.Charges, other => other.SessionId == charge.SessionId);
        }

        private Task DoAsync(Act act)
        {
            _way.Here();
            switch (act)
            {
                case Act.SayMany:
                    return SayAsync(
                        ("order_food", new { item = "noodles", arrive = "home" }), ("book_ticket", new { kind = "attraction", quantity = 1 + (_said % 3) }), ("add_stop", new { destination = "depot" }));
                case Act.SayOne:
                    return SayAsync(("book_ticket", new { kind = "attraction", quantity = 4 + (_said % 3) }));
                case Act.MakeItTwo:
                    return SayAsync(("book_ticket", new { kind = "attraction", quantity = 2 }));
                case Act.Cancel:
                    return SayAsync(("cancel_order", null));
                case Act.Yes:
                    return AnswerAsync(Question, yes: true, 0.95);
                case Act.No:
                    return AnswerAsync(Question, yes: false, 0.95);
                case Act.UnsureYes:
                    return AnswerAsync(Question, yes: true, 0.2);
                case Act.LateYes:
                    return AnswerAsync(Rig.Ports.Replies.FirstOrDefault(reply => reply.OpenQuestionId.Length > 0 && reply.OpenQuestionId != Question?.OpenQuestionId), yes: true, 0.95);
                case Act.DriveOff:
                    Rig.Drive();
                    _way.Here();
                    return Rig.Agent.OnSituationChangedAsync();
                case Act.DriveOffUnnoticed:
                    Rig.Drive();
                    break;
                case Act.Park:
                    Rig.Park(6);
                    break;
                case Act.Tick:
                    return Rig.Agent.TickAsync();
                case Act.Wait:
                    if (IsParked)
                    {
                        _way.Stay(35);
                    }

                    return Rig.Agent.TickAsync();
                case Act.TripEnds:
                    return EndTripAsync();
                case Act.PriceChanges:
                    _way.Aquarium.Faults.Enqueue(Fault.PriceChange);
                    break;
                case Act.MerchantFails:
                    _way.Aquarium.Faults.Enqueue(Fault.Refused);
                    break;
                case Act.Delay:
                    Rig.Time.Advance(TimeSpan.FromMilliseconds(10));
                    Rig.Route(ErrandRig.End, 12_000, 900 + (600 * (_said % 3)));
                    break;
            }

            return Task.CompletedTask;
        }

        private async Task EndTripAsync()
        {
            Rig.State.Apply(new PowerModeSample(Rig.Envelope(), PowerModeKind.Off));
            await Rig.Agent.TickAsync();
            Rig.Time.Advance(TimeSpan.FromMilliseconds(10));
            Rig.State.Apply(new PowerModeSample(Rig.Envelope(), PowerModeKind.On));
            await Rig.Agent.TickAsync();
        }

        private Task<TurnReport> SayAsync(params (string, object?)[] calls)
        {
            var text = $"noodles depot {++_said}";
            Rig.Model.On(text, calls);
            return Rig.SayAsync(text);
        }

        private Task AnswerAsync(AssistantReply? question, bool yes, double confidence) => question is null
            ? Task.CompletedTask
            : Rig.Agent.OnConfirmationAsync(new(question.OpenQuestionId, yes, SpeakerZone.Driver, confidence, InputChannel.Voice));
    }
}
