using EcuAgent.Scenarios.Tests.Rig;
using EcuAgent.TwoHosts.Tests.Rig;
using static EcuAgent.Idl.V1.DrivingState;

namespace EcuAgent.TwoHosts.Tests;

/// <summary>The service on one host and the car on another, with a wire between them that is cut, slow, lossy and healed.</summary>
public sealed class LinkScenarios(TwoHostRig rig) : IClassFixture<TwoHostRig>, IDisposable
{
    // For the next one, whatever became of this.
    public void Dispose() => rig.Link.Faults = WireFaults.None;

    [Fact]
    public async Task Wire_Good_ACommandGoesToTheEcuAndItsOutcomeIsTold()
    {
        await rig.Bus.ParkAsync();

        await AssertWorksAsync(21);
    }

    [Fact]
    public async Task Wire_CutWhileParked_IsUnknownBesideTheServiceAndHealsByItself()
    {
        await rig.Bus.ParkAsync();
        var mark = await OnCockpitAsync(Parked);

        rig.Link.Faults = WireFaults.Cut;

        var tightened = await rig.OnCockpit.LineAsync(l => l.StartsWith("state", StringComparison.Ordinal), mark);
        Assert.StartsWith("state Unknown", tightened, StringComparison.Ordinal);
        Assert.Contains("speed_stale", tightened, StringComparison.Ordinal);

        mark = rig.OnCockpit.Mark;
        rig.Link.Faults = WireFaults.None;
        await rig.OnCockpit.LineAsync(l => l.StartsWith("state Parked", StringComparison.Ordinal), mark);
        await rig.Bus.StateAsync(Parked);
        await AssertWorksAsync(22);
        Assert.False(rig.Service.HasExited);
    }

    [Fact]
    public async Task Wire_CutUntilBothSidesHaveForgottenEachOther_TheyFindEachOtherAgain()
    {
        await rig.Bus.ParkAsync();
        var mark = rig.Bus.Mark;

        rig.Link.Faults = WireFaults.Cut;
        await rig.Bus.GoneAsync<V1.GateStatus>(mark);

        rig.Link.Faults = WireFaults.None;
        mark = rig.Bus.Mark;
        await rig.Bus.NextAsync<V1.GateStatus>(s => s.DrivingState == Parked, mark);
        await AssertWorksAsync(23);
    }

    [Fact]
    public async Task Wire_CutTowardsTheCarForLongerThanACommandLives_IsNotCarriedOutAndNotClaimed()
    {
        await rig.Bus.ParkAsync();
        var (here, carried) = (rig.OnCockpit.Mark, rig.Ecus.Mark);

        rig.Link.ToCar.Faults = WireFaults.Cut;
        var id = rig.Bus.Occupant.Say(new ToolBus.Spoken { Text = "set the temperature to 17 degrees", Confidence = 0.95 });
        var reply = await rig.OnCockpit.LineAsync(l => l.StartsWith($"reply {id}", StringComparison.Ordinal), here);
        rig.Link.Faults = WireFaults.None;

        // What comes after it over the same wire came after all that had waited.
        Assert.Contains("did not answer in time", reply, StringComparison.Ordinal);
        await AssertWorksAsync(24);
        Assert.Empty(CarriedOut(id, carried));
    }

    [Fact]
    public async Task Wire_CutTowardsTheCarForAMoment_TheCommandIsSentAgainAndCarriedOutOnce()
    {
        await rig.Bus.ParkAsync();
        var (mark, here, carried) = (rig.Bus.Mark, rig.OnCockpit.Mark, rig.Ecus.Mark);

        rig.Link.ToCar.Faults = WireFaults.Cut;
        var id = rig.Bus.Occupant.Say(new ToolBus.Spoken { Text = "set the temperature to 18 degrees", Confidence = 0.95 });
        await rig.OnCockpit.LineAsync(l => l == $"command {id}", here);

        // The command, and what asks whether it came.
        await rig.Link.ToCar.LosesAsync(5);
        rig.Link.Faults = WireFaults.None;

        var reply = await rig.Bus.NextAsync<V1.AssistantReply>(r => r.UtteranceId.ToString() == id, mark);
        Assert.Contains("set to 18", reply.Text.ToString(), StringComparison.Ordinal);
        await AssertWorksAsync(26);
        Assert.Single(CarriedOut(id, carried));
    }

    [Fact]
    public async Task Wire_SlowerThanACommandLives_IsNotCarriedOutAndNotClaimed()
    {
        await rig.Bus.ParkAsync();
        var (here, carried) = (rig.OnCockpit.Mark, rig.Ecus.Mark);

        rig.Link.ToCar.Faults = new WireFaults { Delay = TimeSpan.FromSeconds(6) };
        var id = rig.Bus.Occupant.Say(new ToolBus.Spoken { Text = "set the temperature to 19 degrees", Confidence = 0.95 });
        var reply = await rig.OnCockpit.LineAsync(l => l.StartsWith($"reply {id}", StringComparison.Ordinal), here);
        rig.Link.Faults = WireFaults.None;

        Assert.Contains("did not answer in time", reply, StringComparison.Ordinal);
        await AssertWorksAsync(25);
        Assert.Empty(CarriedOut(id, carried));
    }

    [Fact]
    public async Task Wire_LosesDelaysAndRepeatsFrames_EachCommandIsCarriedOutOnceAndTheStateIsNeverLooser()
    {
        await rig.Bus.DriveAsync();
        var (here, carried) = (await OnCockpitAsync(Moving), rig.Ecus.Mark);

        rig.Link.Faults = new WireFaults { Loss = 0.2, Duplicates = 0.1, Delay = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(30) };
        var said = new List<string>();
        for (var celsius = 18; celsius < 26; celsius++)
        {
            var turn = await rig.Bus.AskAsync($"set the temperature to {celsius} degrees");
            Assert.Contains($"set to {celsius}", turn.Text, StringComparison.Ordinal);
            said.Add(turn.UtteranceId);
        }

        var lost = rig.Link.ToCar.Lost + rig.Link.ToCockpit.Lost;
        rig.Link.Faults = WireFaults.None;
        await AssertWorksAsync(20);
        Assert.All(said, id => Assert.Single(CarriedOut(id, carried)));
        Assert.True(lost > 0);
        Assert.All(
            rig.OnCockpit.Output.Split('\n').Skip(here).Where(l => l.StartsWith("state", StringComparison.Ordinal)),
            state => Assert.True(state.StartsWith("state Moving", StringComparison.Ordinal) || state.StartsWith("state Unknown", StringComparison.Ordinal), state));
    }

    /// <summary>Waits until that is the newest state on the cockpit's host; what is printed there from then on has the place that comes back.</summary>
    private async Task<int> OnCockpitAsync(V1.DrivingState state)
    {
        var last = Array.FindLastIndex(rig.OnCockpit.Output.Split('\n'), l => l.StartsWith("state", StringComparison.Ordinal));
        await rig.OnCockpit.LineAsync(l => l.StartsWith($"state {state}", StringComparison.Ordinal), Math.Max(last, 0));
        return rig.OnCockpit.Mark;
    }

    private async Task AssertWorksAsync(int celsius)
    {
        var mark = rig.Ecus.Mark;
        var turn = await rig.Bus.AskAsync($"set the temperature to {celsius} degrees");
        Assert.Contains($"set to {celsius}", turn.Text, StringComparison.Ordinal);
        await rig.Ecus.LineAsync(l => l.Contains(turn.UtteranceId, StringComparison.Ordinal), mark);
        Assert.Single(CarriedOut(turn.UtteranceId, mark));
    }

    private IEnumerable<string> CarriedOut(string utteranceId, int mark) => rig.Ecus.Output.Split('\n').Skip(mark).Where(
        l => l.StartsWith("hvac: carried out", StringComparison.Ordinal) && l.Contains(utteranceId, StringComparison.Ordinal));
}
