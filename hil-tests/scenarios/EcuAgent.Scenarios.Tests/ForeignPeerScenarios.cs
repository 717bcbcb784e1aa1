using EcuAgent.Scenarios.Tests.Rig;
using EcuAgent.ToolBus;

namespace EcuAgent.Scenarios.Tests;

/// <summary>A program in C, built from the IDL by Cyclone's own compiler, as car and climate unit.</summary>
public sealed class ForeignPeerScenarios
{
    [Fact]
    public async Task ProgramInC_PublishesSignalsAndReadsCommands_IsUnderstoodBothWays()
    {
        var model = ModelPackage.Require();
        using var folder = new TemporaryFolder();
        var program = CProgram.Build(folder, "peer.c");
        var domain = Domains.Next();
        await using var service = await ServiceProcess.StartReadyAsync(domain, model, folder.File("audit"));
        await using var bus = new TestBus(domain);
        await bus.WaitForServiceAsync();
        await using var peer = CProgram.Start(program, domain);
        await peer.LineAsync("ready");

        await bus.StateAsync(V1.DrivingState.Parked);
        bus.Occupant.Say(new Spoken { Text = "set the temperature to 22 degrees", Confidence = 0.95 });

        Assert.Equal("command action 1 temperature 22.0 expired 0", await peer.LineAsync("command"));
        var reply = await bus.NextAsync<V1.AssistantReply>(_ => true);
        Assert.Contains("22", reply.Text.ToString(), StringComparison.Ordinal);

        var mark = bus.Mark;
        peer.CloseInput();
        Assert.Equal(0, await peer.ExitAsync());
        var status = await bus.NextAsync<V1.GateStatus>(s => s.DrivingState != V1.DrivingState.Parked, mark);
        Assert.Equal(V1.DrivingState.Unknown, status.DrivingState);
    }
}
