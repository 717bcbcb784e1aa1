using EcuAgent.Signals;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Time.Testing;
using static EcuAgent.SomeIp.VehicleBus.Tests.TakenSamples;

namespace EcuAgent.SomeIp.VehicleBus.Tests;

/// <summary>The bounded places between the sockets and the ingest thread, and what happens when they are full.</summary>
public sealed class InboxTests
{
    private readonly TakenSamples _taken = new();
    private readonly BusWarnings _warnings = new();
    private readonly FakeTimeProvider _time = new();
    private int _arrived;

    [Fact]
    public void Latest_FloodOfOneSource_OverwritesItsOwnOldestAndNoOthers()
    {
        var inbox = Latest(depth: 2);
        inbox.OnSample(Gear("b", 1), E2eStatus.NotUsed);
        for (var i = 1u; i <= 1000; i++)
        {
            inbox.OnSample(Gear("a", i), E2eStatus.NotUsed);
        }

        Assert.False(inbox.Take(16));
        Assert.Equal([("a", 999u, E2eStatus.NotUsed), ("a", 1000u, E2eStatus.NotUsed), ("b", 1u, E2eStatus.NotUsed)], _taken.All.Order());
        Assert.Equal((998, 0), (inbox.Lost, inbox.Refused));
        Assert.Equal(1001, _arrived);
    }

    [Fact]
    public void Latest_SourcesTakeTurns_AndWhatIsLeftIsTold()
    {
        var inbox = Latest(depth: 4);
        for (var i = 1u; i <= 4; i++)
        {
            inbox.OnSample(Gear("a", i), E2eStatus.NotUsed);
            inbox.OnSample(Gear("b", i), E2eStatus.NotUsed);
        }

        Assert.True(inbox.Take(3));
        Assert.Equal(["a", "b"], _taken.All.Select(t => t.Source).Distinct().Order());
        Assert.False(inbox.Take(5));
        Assert.Equal([1u, 2u, 3u, 4u], _taken.All.Where(t => t.Source == "a").Select(t => t.Number));
        Assert.Equal([1u, 2u, 3u, 4u], _taken.All.Where(t => t.Source == "b").Select(t => t.Number));
    }

    [Fact]
    public void Latest_SourceTooMany_IsRefusedAndTheKnownOnesGoOn()
    {
        var inbox = Latest(depth: 1);
        for (var i = 0; i <= LatestInbox<V1.Gear>.MaxSources; i++)
        {
            inbox.OnSample(Gear($"s{i}", 1), E2eStatus.NotUsed);
        }

        inbox.OnSample(Gear("s0", 2), E2eStatus.NotUsed);
        inbox.Take(100);
        Assert.Equal(1, inbox.Refused);
        Assert.Equal(LatestInbox<V1.Gear>.MaxSources, _taken.All.Count);
        Assert.Contains(("s0", 2u, E2eStatus.NotUsed), _taken.All);
    }

    [Fact]
    public void Latest_DamagedSample_TakesTheWordOfEverySourceThatIsKnown()
    {
        var inbox = Latest(depth: 1);
        inbox.OnDamaged();
        Assert.Equal(1, inbox.Refused);
        Assert.False(inbox.Take(10));

        inbox.OnSample(Gear("a", 5), E2eStatus.Ok);
        inbox.OnSample(Gear("b", 6), E2eStatus.Ok);
        inbox.Take(10);
        _taken.All.Clear();
        inbox.OnDamaged();
        inbox.Take(10);

        Assert.Equal([("a", 5u, E2eStatus.Failed), ("b", 6u, E2eStatus.Failed)], _taken.All.Order());
    }

    [Fact]
    public void Latest_ServiceGone_LosesItsSourcesAfterWhatTheySaid()
    {
        var inbox = Latest(depth: 1);
        inbox.OnSample(Gear("a", 1), E2eStatus.NotUsed);
        inbox.OnServiceGone();
        inbox.Take(10);
        Assert.Equal([("a", 1u, E2eStatus.NotUsed), ("a", 0u, E2eStatus.NotUsed)], _taken.All);

        // Back before anybody looked: what it says now says more.
        _taken.All.Clear();
        inbox.OnServiceGone();
        inbox.OnSample(Gear("a", 2), E2eStatus.NotUsed);
        Assert.False(inbox.Take(10));
        Assert.Equal([("a", 2u, E2eStatus.NotUsed)], _taken.All);
    }

    [Fact]
    public void Latest_Deadline_IsMissedOncePerPeriodAndNotByOneWhoIsGone()
    {
        var inbox = Latest(depth: 1);
        var missed = new BusWarning(BusWarningKind.DeadlineMissed, "Gear", "DEADLINE");
        inbox.OnSample(Gear("a", 1), E2eStatus.NotUsed);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        inbox.CheckDeadline(_warnings.Add);
        Assert.Equal(0, _warnings.Count(missed));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        inbox.CheckDeadline(_warnings.Add);
        inbox.CheckDeadline(_warnings.Add);
        Assert.Equal(1, _warnings.Count(missed));
        _time.Advance(TimeSpan.FromMilliseconds(501));
        inbox.CheckDeadline(_warnings.Add);
        Assert.Equal(2, _warnings.Count(missed));
        inbox.OnServiceGone();
        _time.Advance(TimeSpan.FromSeconds(5));
        inbox.CheckDeadline(_warnings.Add);
        Assert.Equal(2, _warnings.Count(missed));
    }

    [Fact]
    public void Queue_Full_RefusesTheNewestAndCounts()
    {
        var inbox = new QueueInbox<V1.Gear>(_taken, "Utterance", 3, () => _arrived++, _warnings.Add);
        for (var i = 1u; i <= 5; i++)
        {
            inbox.OnSample(Gear("a", i), E2eStatus.NotUsed);
        }

        Assert.Equal(2, inbox.Lost);
        Assert.Equal(2, _warnings.Count(new BusWarning(BusWarningKind.SampleRejected, "Utterance", "QUEUE_FULL")));
        Assert.True(inbox.Take(2));
        inbox.OnSample(Gear("a", 6), E2eStatus.NotUsed);
        Assert.False(inbox.Take(9));
        Assert.Equal([1u, 2u, 3u, 6u], _taken.All.Select(t => t.Number));
        inbox.OnDamaged();
        Assert.Equal(1, inbox.Refused);
    }

    private LatestInbox<V1.Gear> Latest(int depth) => new(_taken, "Gear", depth, TimeSpan.FromMilliseconds(500), _time, () => _arrived++);
}
