using EcuAgent.Core.Standby;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Standby;

/// <summary>Every change of the role of one service, with the other one's signs of life given by hand.</summary>
public class StandbyRoleTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private uint _beats = uint.MaxValue - 3;

    [Fact]
    public void Alone_ListensForTwoLeasesAndThenLeads()
    {
        var role = Role(StandbyPlace.Backup);

        Assert.Equal(StandbyState.Joining, role.Tick(isQuiet: true));
        Run(role, Lease * 1.9);
        Assert.Equal((StandbyState.Joining, false, null), (role.State, role.MayAct, role.Leader));
        Run(role, Lease * 0.2);
        Assert.Equal((StandbyState.Leading, true, role.InstanceId), (role.State, role.MayAct, role.Leader));
    }

    [Theory]
    [InlineData(StandbyPlace.Primary, 100)]
    [InlineData(StandbyPlace.Backup, 200)]
    public void Joining_SomebodyLeads_FollowsAtOnceWhateverTheStrengths(StandbyPlace place, int other)
    {
        var role = Role(place);
        role.Tick(isQuiet: true);

        Assert.True(role.Heard(Beat(StandbyState.Leading, other)));

        Assert.Equal(StandbyState.Following, role.Tick(isQuiet: true));
        Assert.Equal(("other", false), (role.Leader, role.MayAct));
    }

    [Theory]
    [InlineData(200, StandbyState.Joining)]
    [InlineData(50, StandbyState.Leading)]
    public void Joining_AnotherOneJoinsToo_TheStrongerOneLeads(int other, StandbyState expected)
    {
        var role = Role(StandbyPlace.Backup);

        Run(role, Lease * 2.5, Beat(StandbyState.Joining, other));

        Assert.Equal(expected, role.State);
    }

    [Fact]
    public void Joining_WaitsForAStrongerOneThatDies_LeadsWhenThatIsSilentForALease()
    {
        var role = Role(StandbyPlace.Backup);
        Run(role, Lease * 2.5, Beat(StandbyState.Joining, 200));

        Run(role, Lease);

        Assert.Equal(StandbyState.Leading, role.State);
    }

    [Fact]
    public void Following_LeaderSilent_LeadsWithinOneLeaseAndNotBeforeTheLeaderHasStopped()
    {
        var role = Following(StandbyPlace.Backup, 200);
        var options = new StandbyOptions { Role = StandbyPlace.Backup };

        Run(role, options.OwnLease);
        Assert.Equal(StandbyState.Following, role.State);
        Run(role, Lease - options.OwnLease);

        Assert.Equal((StandbyState.Leading, true), (role.State, role.MayAct));
    }

    [Fact]
    public void Following_LeaderStops_LeadsAtOnce()
    {
        var role = Following(StandbyPlace.Backup, 200);

        Assert.True(role.Heard(Beat(StandbyState.Left, 200)));

        Assert.Equal(StandbyState.Leading, role.Tick(isQuiet: false));
    }

    [Fact]
    public void Following_LeaderSteps_LeadsAtOnceUnlessAnotherFollowerIsStronger()
    {
        var role = Following(StandbyPlace.Backup, 50);
        role.Heard(Beat(StandbyState.Following, 50));
        Assert.Equal(StandbyState.Leading, role.Tick(isQuiet: true));

        var weaker = Following(StandbyPlace.Backup, 200);
        weaker.Heard(Beat(StandbyState.Following, 200));
        Assert.Equal(StandbyState.Following, weaker.Tick(isQuiet: true));
    }

    [Fact]
    public void Following_LeaderStartsAnewWithinTheLease_LeadsAllTheSame()
    {
        var role = Following(StandbyPlace.Backup, 200);

        // The stronger one is back before it was missed, and only listens yet.
        Run(role, Lease, Beat(StandbyState.Joining, 200) with { InstanceId = "anew" });

        Assert.Equal(StandbyState.Leading, role.State);
    }

    [Theory]
    [InlineData(200, StandbyState.Following)]
    [InlineData(50, StandbyState.Leading)]
    public void Leading_AnotherOneLeadsToo_TheWeakerOneFollows(int other, StandbyState expected)
    {
        var role = Leading(StandbyPlace.Backup);

        Assert.True(role.Heard(Beat(StandbyState.Leading, other)));

        Assert.Equal(expected, role.Tick(isQuiet: false));
    }

    [Fact]
    public void Leading_EqualStrength_TheSmallerIdLeadsAndItIsTold()
    {
        var role = Leading(StandbyPlace.Backup);
        role.Heard(Beat(StandbyState.Leading, 100) with { InstanceId = "a" });
        Assert.Equal(StandbyState.Following, role.Tick(isQuiet: false));
        Assert.True(role.HasEqual);

        var smaller = Leading(StandbyPlace.Backup);
        smaller.Heard(Beat(StandbyState.Leading, 100) with { InstanceId = "z" });
        Assert.Equal(StandbyState.Leading, smaller.Tick(isQuiet: false));
        Run(smaller, Lease);
        Assert.False(smaller.HasEqual);
    }

    [Fact]
    public void Leading_StrongerOneIsBackAndWell_HandsBackOnlyAfterTheTimeAndWhenQuiet()
    {
        var role = Leading(StandbyPlace.Backup);
        var back = Beat(StandbyState.Following, 200);

        Run(role, TimeSpan.FromSeconds(9.9), back);
        Assert.Equal(StandbyState.Leading, role.State);
        Run(role, TimeSpan.FromSeconds(5), back, isQuiet: false);
        Assert.Equal(StandbyState.Leading, role.State);
        Run(role, Lease / 4, back);

        Assert.Equal(StandbyState.Following, role.State);
    }

    [Fact]
    public void Leading_StrongerOneIsBackAndDegraded_KeepsTheLead()
    {
        var role = Leading(StandbyPlace.Backup);

        Run(role, TimeSpan.FromSeconds(30), Beat(StandbyState.Following, 200) with { IsWell = false });

        Assert.Equal(StandbyState.Leading, role.State);
    }

    [Fact]
    public void Leading_WeakerOneFollows_NeverHandsOver()
    {
        var role = Leading(StandbyPlace.Primary);

        Run(role, TimeSpan.FromSeconds(30), Beat(StandbyState.Following, 100));

        Assert.Equal(StandbyState.Leading, role.State);
    }

    [Fact]
    public void Leading_HeldUpForItsLease_ActsNoMoreAndListensBeforeItLeadsAgain()
    {
        var role = Leading(StandbyPlace.Primary);
        var options = new StandbyOptions { Role = StandbyPlace.Primary };

        role.Tick(isQuiet: true);
        _time.Advance(options.OwnLease - TimeSpan.FromMilliseconds(1));
        Assert.True(role.MayAct);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(role.MayAct);

        Assert.Equal(StandbyState.Joining, role.Tick(isQuiet: true));
        Run(role, Lease);
        Assert.Equal(StandbyState.Leading, role.State);
    }

    [Fact]
    public void Left_NeverActsAgain()
    {
        var role = Leading(StandbyPlace.Primary);

        role.Leave();

        Assert.Equal((StandbyState.Left, false), (role.Tick(isQuiet: true), role.MayAct));
        Run(role, Lease * 5);
        Assert.Equal(StandbyState.Left, role.State);
    }

    [Fact]
    public void Heard_ManyInstances_KeepsTheNewestOnesOnly()
    {
        var role = Leading(StandbyPlace.Backup);
        for (var i = 0; i < 1000; i++)
        {
            role.Heard(Beat(StandbyState.Following, 1) with { InstanceId = $"i{i}" });
        }

        role.Heard(Beat(StandbyState.Leading, 200));
        Assert.Equal(StandbyState.Following, role.Tick(isQuiet: false));
    }

    // A leader that was frozen: the bus finds it again and brings its last word before it says anything new.
    [Fact]
    public void Heard_TheLastWordOfADeadLeaderOnceMore_IsNoSignOfLife()
    {
        var role = Role(StandbyPlace.Backup);
        role.Tick(isQuiet: true);
        var last = Beat(StandbyState.Leading, 200);
        role.Heard(last);
        Run(role, Lease);
        Assert.Equal(StandbyState.Leading, role.State);

        Assert.False(role.Heard(last));
        Assert.Equal(StandbyState.Leading, role.Tick(isQuiet: true));

        Assert.True(role.Heard(Beat(StandbyState.Leading, 200)));
        Assert.Equal(StandbyState.Following, role.Tick(isQuiet: true));
    }

    [Fact]
    public void Heard_ItsOwnWord_ChangesNothing()
    {
        var role = Leading(StandbyPlace.Backup);
        Assert.False(role.Heard(Beat(StandbyState.Leading, 200) with { InstanceId = role.InstanceId }));
        Assert.Equal(StandbyState.Leading, role.Tick(isQuiet: true));
    }

    private StandbyBeat Beat(StandbyState state, int strength) => new("other", ++_beats, state, strength, IsWell: true);

    private StandbyRole Role(StandbyPlace place) => new(new StandbyOptions { Role = place }, "me", _time);

    private StandbyRole Leading(StandbyPlace place)
    {
        var role = Role(place);
        Run(role, Lease * 2.1);
        Assert.Equal(StandbyState.Leading, role.State);
        return role;
    }

    private StandbyRole Following(StandbyPlace place, int leader)
    {
        var role = Role(place);
        role.Tick(isQuiet: true);
        role.Heard(Beat(StandbyState.Leading, leader));
        Assert.Equal(StandbyState.Following, role.Tick(isQuiet: true));
        return role;
    }

    /// <summary>Lets time pass, ticking when the role wants to, with a sign of life of the other service before each tick.</summary>
    private void Run(StandbyRole role, TimeSpan time, StandbyBeat? heard = null, bool isQuiet = true)
    {
        var end = _time.GetTimestamp() + (long)(time.TotalSeconds * _time.TimestampFrequency);
        while (true)
        {
            if (role.UntilNextTick == TimeSpan.Zero)
            {
                role.Tick(isQuiet);
                if (heard is { } beat)
                {
                    role.Heard(beat with { Number = ++_beats });
                }
            }

            var left = _time.GetElapsedTime(_time.GetTimestamp(), end);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            var step = role.UntilNextTick > TimeSpan.Zero && role.UntilNextTick < left ? role.UntilNextTick : TimeSpan.FromMilliseconds(Math.Min(1, left.TotalMilliseconds));
            _time.Advance(step);
        }
    }
}
