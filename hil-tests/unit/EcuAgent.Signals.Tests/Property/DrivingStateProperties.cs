using CsCheck;
using Xunit;

namespace EcuAgent.Signals.Tests.Property;

public sealed class DrivingStateProperties
{
    private const int TailMs = 4000;
    private const int Stories = 400;

    public static TheoryData<bool> BothCars => [true, false];

    /// <summary>
    /// Equality after each sample and at the end says all at once: never looser than the freshest evidence allows, tightening
    /// in the same call, loosening only after its dwell, and never on stale, invalid, damaged or contradicting input.
    /// </summary>
    [Theory]
    [MemberData(nameof(BothCars))]
    public void AnyStory_AfterEachSample_StateIsTheOracles(bool hasPark)
    {
        var limits = new Limits(hasPark);
        var seen = new int[4];
        Story.Deliveries.Sample(
            story => Assert.Null(FirstDifference(limits, story, limits.ToOptions(), d => d, seen)), iter: Stories, threads: 1);
        Assert.All(seen, count => Assert.NotEqual(0, count));
    }

    [Theory]
    [MemberData(nameof(BothCars))]
    public void AnyStory_EvaluatedOften_SameAsSeldom(bool hasPark)
    {
        var options = new Limits(hasPark).ToOptions();
        Gen.Select(Story.Deliveries, Gen.Int[1, 5]).Sample(
            (story, every) =>
            {
                var often = new Run(options);
                var seldom = new Run(options);
                var at = 0;
                foreach (var delivery in story)
                {
                    for (; at < delivery.AtMs; at += every * Story.GridMs)
                    {
                        often.EvaluateAt(at);
                    }

                    Assert.Equal(seldom.Apply(delivery).Status, often.Apply(delivery).Status);
                    at = delivery.AtMs;
                }

                Assert.Equal(seldom.EvaluateAt(at + TailMs), often.EvaluateAt(at + TailMs));
            },
            iter: Stories / 2,
            threads: 1);
    }

    /// <summary>Neither in its own step nor by what it leaves behind: beside the same story without the unprotected samples.</summary>
    [Theory]
    [MemberData(nameof(BothCars))]
    public void AnyStory_UnprotectedSamples_NeverMakeTheStateLooser(bool hasPark)
    {
        var options = new Limits(hasPark).ToOptions();
        var unprotected = 0;
        Gen.Select(Story.Deliveries, Gen.Int[1, 9]).Sample(
            (story, every) =>
            {
                var with = new Run(options);
                var without = new Run(options);
                var at = 0;
                for (var i = 0; i < story.Length; i++)
                {
                    at = story[i].AtMs;
                    var delivery = i % every == 0 && story[i].Fault == Fault.None ? story[i] with { Fault = Fault.Unprotected } : story[i];
                    var before = with.EvaluateAt(at).State;
                    var after = with.Apply(delivery);
                    DrivingState other;
                    if (delivery.Fault == Fault.Unprotected)
                    {
                        unprotected++;
                        Assert.Equal(SampleVerdict.E2eMissing, after.Verdict);
                        Assert.False(DrivingStateOrder.IsStricter(before, after.Status.State), $"{before} became {after.Status.State}");
                        other = without.EvaluateAt(at).State;
                    }
                    else
                    {
                        other = without.Apply(delivery).Status.State;
                    }

                    Assert.False(DrivingStateOrder.IsStricter(other, after.Status.State), $"{after.Status.State}, without them {other}");
                }

                for (var end = at + (2 * TailMs); at < end; at += Story.GridMs)
                {
                    Assert.False(DrivingStateOrder.IsStricter(without.EvaluateAt(at).State, with.EvaluateAt(at).State));
                }
            },
            iter: Stories,
            threads: 1);
        Assert.NotEqual(0, unprotected);
    }

    [Fact]
    public void AnyStory_EachSnapshot_PartsAgree()
    {
        var limits = new Limits(true);
        Story.Deliveries.Sample(
            story =>
            {
                var run = new Run(limits.ToOptions());
                foreach (var delivery in story)
                {
                    var status = run.Apply(delivery).Status;
                    var snapshot = run.Snapshot();
                    Assert.Equal(status, snapshot.Driving);
                    Assert.True(snapshot.SpeedMetersPerSecond.IsValid || status.State == DrivingState.Unknown);
                    Assert.True(snapshot.SpeedMetersPerSecond.IsValid || snapshot.SpeedMetersPerSecond.Value == 0);
                    if (status.State == DrivingState.Parked)
                    {
                        Assert.Equal(GearPosition.Park, snapshot.Gear.Value);
                        Assert.True(Math.Abs(snapshot.SpeedMetersPerSecond.Value) * 3.6 < limits.StandstillKph);
                    }
                }
            },
            iter: Stories / 2,
            threads: 1);
    }

    public static TheoryData<string> Mutants =>
    [
        "standstill higher", "speed lives longer", "gear lives longer", "shorter dwell to idling", "shorter dwell to parked",
        "forgets sooner", "brake instead of gear", "keeps last good over NaN", "keeps last good over invalid", "keeps last good over failed E2E",
        "keeps last good over future", "keeps last good over unprotected", "takes unprotected", "takes late samples", "ignores the second speed source", "never tightens on reverse",
    ];

    /// <summary>Each broken rule is seen by the very comparison above; a property that cannot fail proves nothing.</summary>
    [Theory]
    [MemberData(nameof(Mutants))]
    public void BrokenRule_SameStories_IsCaught(string mutant)
    {
        var limits = new Limits(true);
        var broken = mutant switch
        {
            "standstill higher" => limits with { StandstillKph = 0.7 },
            "speed lives longer" => limits with { SpeedMaxAgeMs = 1000 + Story.GridMs },
            "gear lives longer" => limits with { SlowMaxAgeMs = 3000 + Story.GridMs },
            "shorter dwell to idling" => limits with { ToIdlingMs = 2000 - Story.GridMs },
            "shorter dwell to parked" => limits with { ToParkedMs = 1000 - Story.GridMs },
            "forgets sooner" => limits with { ForgetMs = 4000 - Story.GridMs },
            "brake instead of gear" => limits with { HasPark = false },
            _ => limits,
        };
        Func<Delivery, Delivery?> feed = mutant switch
        {
            "keeps last good over NaN" => d => d.Fault == Fault.NaN ? null : d,
            "keeps last good over invalid" => d => d.Fault == Fault.Invalid ? null : d,
            "keeps last good over failed E2E" => d => d.Fault == Fault.E2e ? null : d,
            "keeps last good over unprotected" => d => d.Fault == Fault.Unprotected ? null : d,
            "takes unprotected" => d => d.Fault == Fault.Unprotected ? d with { Fault = Fault.None } : d,
            "keeps last good over future" => d => d.Fault == Fault.Future ? null : d,
            "takes late samples" => d => d.Fault == Fault.Late ? d with { SourceTimeMs = d.AtMs } : d,
            "ignores the second speed source" => d => d.Source == 9 ? null : d,
            "never tightens on reverse" => d => d.Value < 0 ? d with { Value = 0 } : d,
            _ => d => d,
        };

        var caught = 0;
        Story.Deliveries.Sample(
            story => caught += caught > 0 || FirstDifference(limits, story, broken.ToOptions(), feed, new int[4]) is null ? 0 : 1,
            iter: 4000,
            threads: 1);
        Assert.NotEqual(0, caught);
    }

    private static string? FirstDifference(
        Limits limits, Delivery[] story, DrivingStateOptions options, Func<Delivery, Delivery?> feed, int[] seen)
    {
        var oracle = new Oracle(limits, story);
        var run = new Run(options);
        var at = 0;
        for (var i = 0; i < story.Length; i++)
        {
            at = story[i].AtMs;
            var state = feed(story[i]) is { } delivery ? run.Apply(delivery).Status.State : run.EvaluateAt(at).State;
            seen[(int)state]++;
            var expected = oracle.At(at, i + 1);
            if (state != expected)
            {
                return $"sample {i} at {at} ms ({story[i]}): {state}, expected {expected}";
            }
        }

        for (var end = at + TailMs; at < end; at += Story.GridMs)
        {
            var state = run.EvaluateAt(at).State;
            var expected = oracle.At(at, story.Length);
            if (state != expected)
            {
                return $"no sample, at {at} ms: {state}, expected {expected}";
            }
        }

        return null;
    }
}
