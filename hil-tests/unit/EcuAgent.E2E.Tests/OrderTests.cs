using CsCheck;
using Xunit;

namespace EcuAgent.E2E.Tests;

public sealed class OrderTests
{
    /// <summary>One of each counter width: 15, 16, 256, 65,536 and 4,294,967,296 values.</summary>
    public static TheoryData<E2eOptions> Widths =>
        [new P01Options(), new P02Options { DataIds = ProfileCases.Ids }, new P05Options(), new P04Options(), new P07Options()];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Delta_AcrossTheWrapAndElsewhere_LostOnesCounted(E2eOptions options)
    {
        var values = (long)options.CounterValues;
        foreach (var start in new[] { 0, 1, values - 4, values - 3, values - 2, values - 1 })
        {
            for (var delta = 1; delta <= 5; delta++)
            {
                var link = new Link(options, start);
                var expected = delta == 1 ? E2eCheckStatus.Ok : delta <= 3 ? E2eCheckStatus.OkSomeLost : E2eCheckStatus.WrongSequence;
                Assert.Equal(expected, link.Send(start + delta));
                Assert.Equal((uint)(delta <= 3 ? delta - 1 : 0), link.Checker.LostMessages);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Whole_TurnOfSmallCounters_AllOk(E2eOptions options)
    {
        var turn = Math.Min((long)options.CounterValues, 300);
        var link = new Link(options, (long)options.CounterValues - (turn / 2));
        for (var i = 1; i <= 2 * turn; i++)
        {
            Assert.Equal(E2eCheckStatus.Ok, link.Send((long)options.CounterValues - (turn / 2) + i));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Repeated_AtBothEndsOfTheCounter_Repeated(E2eOptions options)
    {
        foreach (var start in new[] { 0, (long)options.CounterValues - 1 })
        {
            var link = new Link(options, start);
            Assert.Equal(E2eCheckStatus.Repeated, link.Send(start));
            Assert.Equal(E2eCheckStatus.Ok, link.Send(start + 1));
            Assert.Equal(E2eCheckStatus.Repeated, link.Send(start + 1));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Reordered_LateOne_RejectedAndTheOrderGoesOn(E2eOptions options)
    {
        var link = new Link(options, 5);
        Assert.Equal(E2eCheckStatus.OkSomeLost, link.Send(7));
        Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(6));
        Assert.Equal(E2eCheckStatus.Ok, link.Send(8));
    }

    /// <summary>A counter that was rejected is no baseline: recorded messages that follow it are as wrong as before.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void RejectedCounter_RecordedMessagesAfterIt_RejectedAndTheSenderGoesOn(E2eOptions options)
    {
        var link = new Link(options, 2);
        for (var replay = 0; replay < 40; replay++)
        {
            Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(9 + (replay % 3)));
        }

        Assert.Equal(E2eCheckStatus.Ok, link.Send(3));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void RejectedCounter_TheSameRecordedMessageAgain_NeverBecomesTheOrder(E2eOptions options)
    {
        var link = new Link(options with { SyncCount = 3 }, 2);
        for (var replay = 0; replay < 40; replay++)
        {
            Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(9));
        }

        Assert.Equal(E2eCheckStatus.Ok, link.Send(3));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void RestartedSender_InOrder_SyncThenOk(E2eOptions options)
    {
        var link = new Link(options with { SyncCount = 3 }, 2);
        Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(8));
        Assert.Equal(E2eCheckStatus.Sync, link.Send(9));
        Assert.Equal(E2eCheckStatus.Sync, link.Send(11));
        Assert.Equal(E2eCheckStatus.Sync, link.Send(12));
        Assert.Equal(E2eCheckStatus.Ok, link.Send(13));
        Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(3));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void RestartedSender_BrokenOrder_StartsAgain(E2eOptions options)
    {
        var link = new Link(options with { SyncCount = 3 }, 1);
        Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(6));
        Assert.Equal(E2eCheckStatus.Sync, link.Send(7));
        Assert.Equal(E2eCheckStatus.Sync, link.Send(8));
        Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(13));
        Assert.Equal(E2eCheckStatus.Sync, link.Send(14));
        Assert.Equal(E2eCheckStatus.Ok, link.Send(2));
        Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(13));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void DamagedMessage_InBetween_MovesNothing(E2eOptions options)
    {
        var link = new Link(options, 2);
        Assert.True(link.Send(9, damage: true).IsError());
        Assert.Equal(E2eCheckStatus.Ok, link.Send(3));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void FirstMessage_AsConfigured_AndAgainAfterReset(E2eOptions options)
    {
        foreach (var first in Enum.GetValues<E2eFirstMessage>())
        {
            var checker = new E2eChecker(options with { FirstMessage = first });
            var expected = first == E2eFirstMessage.Ok ? E2eCheckStatus.Ok : E2eCheckStatus.Initial;
            Assert.Equal(E2eCheckStatus.NoNewData, checker.NoNewData());
            Assert.Equal(expected, checker.Check(Link.Message(options, 7)));
            Assert.Equal(E2eCheckStatus.Repeated, checker.Check(Link.Message(options, 7)));
            checker.Reset();
            Assert.Equal(expected, checker.Check(Link.Message(options, 7)));
        }
    }

    [Fact]
    public void P01_CounterFifteen_IsNone()
    {
        var options = new P01Options { FirstMessage = E2eFirstMessage.Ok };
        var message = new byte[8];
        new P01Layout(options).Seal(message, 15);
        var checker = new E2eChecker(options);
        Assert.Equal(E2eCheckStatus.WrongSequence, checker.Check(message));
        Assert.Equal(E2eCheckStatus.Ok, checker.Check(Link.Message(options, 0)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Silence_SmallCounters_AllowOneMoreEachTime(E2eOptions options)
    {
        var link = new Link(options with { MaxDeltaCounter = 1 }, 0);
        Assert.Equal(E2eCheckStatus.NoNewData, link.Checker.NoNewData());
        Assert.True(link.Send(1, damage: true).IsError());
        Assert.Equal(options is SmallCounterOptions ? E2eCheckStatus.OkSomeLost : E2eCheckStatus.WrongSequence, link.Send(3));
        link = new Link(options with { MaxDeltaCounter = 1 }, 0);
        link.Checker.NoNewData();
        Assert.Equal(E2eCheckStatus.WrongSequence, link.Send(3));
    }

    [Fact]
    public void Silence_TooLongForSmallCounters_SyncFirst()
    {
        var link = new Link(new P01Options { MaxNoNewOrRepeatedData = 2, SyncCount = 2 }, 0);
        link.Checker.NoNewData();
        link.Checker.NoNewData();
        Assert.Equal(E2eCheckStatus.Ok, link.Send(1));
        link.Checker.NoNewData();
        Assert.Equal(E2eCheckStatus.Repeated, link.Send(1));
        link.Checker.NoNewData();
        Assert.Equal(E2eCheckStatus.Sync, link.Send(2));
        Assert.Equal(E2eCheckStatus.Sync, link.Send(3));
        Assert.Equal(E2eCheckStatus.Sync, link.Send(4));
        Assert.Equal(E2eCheckStatus.Ok, link.Send(5));
    }

    /// <summary>What the rule says in the words of a list: only an accepted counter, or a whole run in order, moves the baseline.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void AnyCounters_Checked_AsThePlainRule(E2eOptions options)
    {
        var values = (long)options.CounterValues;
        Gen.Select(Gen.Long[0, values - 1], Gen.Int[-3, 6].Array[1, 40], Gen.Int[0, 4], Gen.UInt[1, 4]).Sample(
            (start, steps, sync, maxDelta) =>
            {
                var checker = new E2eChecker(options with { SyncCount = sync, MaxDeltaCounter = maxDelta });
                checker.Check(Link.Message(options, start));
                var baseline = start;
                var run = new List<long>();
                var at = start;
                foreach (var step in steps)
                {
                    at = (at + step + values) % values;
                    var delta = (at - baseline + values) % values;
                    var status = checker.Check(Link.Message(options, at));
                    if (delta == 0)
                    {
                        Assert.Equal(E2eCheckStatus.Repeated, status);
                        continue;
                    }

                    if (delta <= maxDelta)
                    {
                        Assert.Equal(delta == 1 ? E2eCheckStatus.Ok : E2eCheckStatus.OkSomeLost, status);
                        (baseline, run) = (at, []);
                        continue;
                    }

                    Assert.False(status.IsOk() && run.Count <= sync, $"{at} after {baseline} accepted out of order");
                    var follow = run.Count == 0 ? -1 : (at - run[^1] + values) % values;
                    if (sync == 0 || follow == 0)
                    {
                        Assert.Equal(E2eCheckStatus.WrongSequence, status);
                    }
                    else if (follow < 0 || follow > maxDelta)
                    {
                        Assert.Equal(E2eCheckStatus.WrongSequence, status);
                        run = [at];
                    }
                    else if (run.Count <= sync)
                    {
                        Assert.Equal(E2eCheckStatus.Sync, status);
                        run.Add(at);
                    }
                    else
                    {
                        Assert.Equal(follow == 1 ? E2eCheckStatus.Ok : E2eCheckStatus.OkSomeLost, status);
                        (baseline, run) = (at, []);
                    }
                }
            },
            iter: 1000,
            threads: 1);
    }

    /// <summary>A checker that has taken one message, and a sender that sends any counter.</summary>
    private sealed class Link
    {
        private readonly E2eOptions options;

        public Link(E2eOptions options, long start)
        {
            this.options = options;
            Checker = new E2eChecker(options);
            Assert.Equal(E2eCheckStatus.Initial, Checker.Check(Message(options, start)));
        }

        public E2eChecker Checker { get; }

        public static byte[] Message(E2eOptions options, long counter)
        {
            var message = ProfileCases.Message(options);
            new E2eProtector(options, (uint)(counter % (long)options.CounterValues)).Protect(message);
            return message;
        }

        public E2eCheckStatus Send(long counter, bool damage = false)
        {
            var message = Message(options, counter);
            message[^1] ^= (byte)(damage ? 1 : 0);
            return Checker.Check(message);
        }
    }
}
