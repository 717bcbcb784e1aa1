using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>ECUs that are silent, die in mid-command, and come back.</summary>
public sealed class EcuFaultScenarios
{
    private const string Request = "set the temperature to 22 degrees";

    [Fact]
    public async Task ClimateUnit_SilentThenKilledInMidCommandThenBack_IsToldEachTimeAndWorksAgain()
    {
        var model = ModelPackage.Require();
        var domain = Domains.Next();
        using var folder = new TemporaryFolder();
        await using var service = await ServiceProcess.StartReadyAsync(
            domain, model, folder.Path, "--EcuAgent:Agent:CommandExpiry", "00:00:01.5");
        await using var bus = new TestBus(domain);
        await bus.WaitForServiceAsync();
        await bus.ParkAsync();

        // The record of this test is the only reader of the command: a climate unit that never answers.
        AssertExpires(await bus.AskAsync(Request), bus);

        await using var first = await ServiceProcess.StartSimulatorAsync(domain, "--only", "hvac");
        await AssertWorksAsync(bus);

        // Frozen, so that the command is on its way to it when it dies.
        first.Freeze();
        var mark = bus.Mark;
        var asked = bus.AskAsync(Request);
        await bus.NextAsync<V1.HvacCommand>(_ => true, mark);
        await first.KillAsync();
        AssertExpires(await asked, bus);

        await using var second = await ServiceProcess.StartSimulatorAsync(domain, "--only", "hvac");
        await AssertWorksAsync(bus);
        await bus.NextAsync<V1.AgentHealth>(h => h.CommandsFailed >= 2 && h.CommandsSent > h.CommandsFailed, mark);
        Assert.False(service.HasExited);
    }

    private static void AssertExpires(Turn turn, TestBus bus)
    {
        Assert.Contains("did not answer in time", turn.Text, StringComparison.Ordinal);
        Assert.Single(bus.Since<V1.HvacCommand>(turn.Mark));
        Assert.Empty(bus.Since<V1.CommandOutcome>(turn.Mark));
    }

    private static async Task AssertWorksAsync(TestBus bus)
    {
        // The service may discover the new unit a moment later than this test does; a person would say it again, too.
        Turn turn;
        var attempts = 0;
        do
        {
            turn = await bus.AskAsync(Request);
        }
        while (turn.Text.Contains("did not answer", StringComparison.Ordinal) && ++attempts < 5);
        Assert.Contains("set to 22", turn.Text, StringComparison.Ordinal);
        Assert.Equal(V1.OutcomeKind.Completed, Assert.Single(bus.Since<V1.CommandOutcome>(turn.Mark)).Kind);
    }
}
