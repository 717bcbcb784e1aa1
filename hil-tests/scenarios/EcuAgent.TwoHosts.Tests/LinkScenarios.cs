using EcuAgent.Scenarios.Tests.Rig;
using EcuAgent.TwoHosts.Tests.Rig;
using static EcuAgent.Idl.V1.DrivingState;

namespace EcuAgent.TwoHosts.Tests;

/// <summary>The service on one host and the car on another, with a wire between them that is cut, slow, lossy and healed.</summary>
public abstract class LinkScenarios<TRig> : IClassFixture<TRig>, IDisposable
    where TRig : TwoHostRig
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(8);

    private readonly TwoHostRig _rig;

    protected LinkScenarios(TRig rig)
    {
        TestNamespace.Require();
        ModelPackage.Require();
        _rig = rig;
    }

    // For the next one, whatever became of this.
    public void Dispose()
    {
        _rig.Link.Faults = WireFaults.None;
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Wire_Good_ACommandGoesToTheEcuAndItsOutcomeIsTold()
    {
        await _rig.Bus.ParkAsync();

        await AssertWorksAsync(21);
    }

    [Fact]
    public async Task Wire_CutWhileParked_IsUnknownBesideTheServiceAndHealsByItself()
    {
        await _rig.Bus.ParkAsync();
        var mark = await OnCockpitAsync(Parked);

        _rig.Link.Faults = WireFaults.Cut;

        // Parked may be repeated in the half second until the speed is too old, and nothing else comes before.
        var tightened = await _rig.OnCockpit.LineAsync(l => l.StartsWith("state", StringComparison.Ordinal) && !l.StartsWith("state Parked", StringComparison.Ordinal), mark);
        Assert.StartsWith("state Unknown", tightened, StringComparison.Ordinal);
        Assert.Contains("speed_stale", tightened, StringComparison.Ordinal);

        mark = _rig.OnCockpit.Mark;
        _rig.Link.Faults = WireFaults.None;
        await _rig.OnCockpit.LineAsync(l => l.StartsWith("state Parked", StringComparison.Ordinal), mark);
        await _rig.Bus.StateAsync(Parked);
        await AssertWorksAsync(22);
        Assert.False(_rig.Service.HasExited);
    }

    [Fact]
    public async Task Wire_CutUntilBothSidesHaveForgottenEachOther_TheyFindEachOtherAgain()
    {
        await _rig.Bus.ParkAsync();
        var mark = _rig.Bus.Mark;

        _rig.Link.Faults = WireFaults.Cut;
        await _rig.Bus.GoneAsync<V1.GateStatus>(mark);

        _rig.Link.Faults = WireFaults.None;
        mark = _rig.Bus.Mark;
        await _rig.Bus.NextAsync<V1.GateStatus>(s => s.DrivingState == Parked, mark);
        await AssertWorksAsync(23);
    }

    [Fact]
    public Task Wire_CutTowardsTheCarForLongerThanACommandLives_IsNotCarriedOutAndNotClaimed() => AssertNeverCarriedOutAsync(WireFaults.Cut, 17, then: 24);

    [Fact]
    public async Task Wire_CutTowardsTheCarForAMoment_TheCommandIsSentAgainAndCarriedOutOnce()
    {
        await _rig.Bus.ParkAsync();
        var (mark, here, carried) = (_rig.Bus.Mark, _rig.OnCockpit.Mark, _rig.Ecus.Mark);

        _rig.Link.ToCar.Faults = WireFaults.Cut;
        var id = _rig.Bus.Occupant.Say(new ToolBus.Spoken { Text = "set the temperature to 18 degrees", Confidence = 0.95 });
        await _rig.OnCockpit.LineAsync(l => l == $"command {id}", here);

        // The command, and what asks whether it came.
        await _rig.Link.ToCar.LosesAsync(3);
        _rig.Link.Faults = WireFaults.None;

        var reply = await _rig.Bus.NextAsync<V1.AssistantReply>(r => r.UtteranceId.ToString() == id, mark);
        Assert.Contains("set to 18", reply.Text.ToString(), StringComparison.Ordinal);
        await AssertWorksAsync(26);
        Assert.Single(CarriedOut(id, carried));
    }

    [Fact]
    public Task Wire_SlowerThanACommandLives_IsNotCarriedOutAndNotClaimed() =>
        AssertNeverCarriedOutAsync(new WireFaults { Delay = TimeSpan.FromSeconds(6) }, 19, then: 25);

    [Fact]
    public async Task Wire_Bad_EachCommandIsCarriedOutOnceAndTheStateIsNeverLooser()
    {
        await _rig.Bus.DriveAsync();
        var (here, carried) = (await OnCockpitAsync(Moving), _rig.Ecus.Mark);

        _rig.Link.Faults = _rig.Bad;
        var said = new List<string>();
        for (var celsius = 18; celsius < 26; celsius++)
        {
            var turn = await _rig.Bus.AskAsync($"set the temperature to {celsius} degrees");
            Assert.Contains($"set to {celsius}", turn.Text, StringComparison.Ordinal);
            said.Add(turn.UtteranceId);

            // Nobody speaks faster than that: the service map refuses more than five utterances a second.
            await _rig.Bus.NextAsync<V1.AgentHealth>(_ => true, _rig.Bus.Mark);
        }

        var lost = _rig.Link.ToCar.Lost + _rig.Link.ToCockpit.Lost;
        _rig.Link.Faults = WireFaults.None;
        await AssertWorksAsync(20);
        Assert.All(said, id => Assert.Single(CarriedOut(id, carried)));
        Assert.True(lost > 0);
        Assert.All(
            _rig.OnCockpit.Output.Split('\n').Skip(here).Where(l => l.StartsWith("state", StringComparison.Ordinal)),
            state => Assert.True(state.StartsWith("state Moving", StringComparison.Ordinal) || state.StartsWith("state Unknown", StringComparison.Ordinal), state));
    }

    /// <summary>A command that the wire towards the car does not bring in its time, and another one when the wire is good again.</summary>
    private async Task AssertNeverCarriedOutAsync(WireFaults toCar, int celsius, int then)
    {
        await _rig.Bus.ParkAsync();
        var (here, carried) = (_rig.OnCockpit.Mark, _rig.Ecus.Mark);

        _rig.Link.ToCar.Faults = toCar;
        var id = _rig.Bus.Occupant.Say(new ToolBus.Spoken { Text = $"set the temperature to {celsius} degrees", Confidence = 0.95 });
        var reply = await _rig.OnCockpit.LineAsync(l => l.StartsWith($"reply {id}", StringComparison.Ordinal), here);
        _rig.Link.Faults = WireFaults.None;

        // What comes after it over the same wire came after all that had waited.
        Assert.Contains("did not answer in time", reply, StringComparison.Ordinal);
        await AssertWorksAsync(then);
        Assert.Empty(CarriedOut(id, carried));
    }

    /// <summary>Waits until that is the newest state on the cockpit's host; what is printed there from then on has the place that comes back.</summary>
    private async Task<int> OnCockpitAsync(V1.DrivingState state)
    {
        var last = Array.FindLastIndex(_rig.OnCockpit.Output.Split('\n'), l => l.StartsWith("state", StringComparison.Ordinal));
        await _rig.OnCockpit.LineAsync(l => l.StartsWith($"state {state}", StringComparison.Ordinal), Math.Max(last, 0));
        return _rig.OnCockpit.Mark;
    }

    private async Task AssertWorksAsync(int celsius)
    {
        // Peers that have lost each other take a moment to meet again; a person would say it again, too.
        var mark = _rig.Ecus.Mark;
        Turn? turn = null;
        for (var attempt = 1; turn is null; attempt++)
        {
            var asked = _rig.Bus.AskAsync($"set the temperature to {celsius} degrees");
            try
            {
                var answer = await asked.WaitAsync(attempt < _rig.MostAttempts ? AnswerWithin : Domains.Watchdog);
                turn = answer.Text.Contains($"set to {celsius}", StringComparison.Ordinal) || attempt == _rig.MostAttempts ? answer : null;
            }
            catch (TimeoutException) when (attempt < _rig.MostAttempts)
            {
                _ = asked.ContinueWith(static lost => lost.Exception, TaskScheduler.Default);
            }
        }

        Assert.Contains($"set to {celsius}", turn.Text, StringComparison.Ordinal);
        await _rig.Ecus.LineAsync(l => l.Contains(turn.UtteranceId, StringComparison.Ordinal), mark);
        Assert.Single(CarriedOut(turn.UtteranceId, mark));
    }

    private IEnumerable<string> CarriedOut(string utteranceId, int mark) => _rig.Ecus.Output.Split('\n').Skip(mark).Where(
        l => l.StartsWith("hvac: carried out", StringComparison.Ordinal) && l.Contains(utteranceId, StringComparison.Ordinal));
}

/// <summary>DDS over the wire.</summary>
public sealed class DdsLinkScenarios(DdsHostRig rig) : LinkScenarios<DdsHostRig>(rig);

/// <summary>SOME/IP over the wire.</summary>
public sealed class SomeIpLinkScenarios(SomeIpHostRig rig) : LinkScenarios<SomeIpHostRig>(rig);
