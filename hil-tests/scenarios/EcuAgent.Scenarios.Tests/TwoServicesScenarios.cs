using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Two services on one domain would both command the ECUs.</summary>
public sealed class TwoServicesScenarios
{
    private const int OtherServiceWasFirst = 3;

    [Fact]
    public async Task Second_OnTheSameDomain_LeavesAndTheFirstGoesOn()
    {
        var domain = Domains.Next();
        using var folder = new TemporaryFolder();
        await using var first = await ServiceProcess.StartReadyAsync(domain, ModelPackage.None, folder.File("first"));
        await using var bus = new TestBus(domain);
        await bus.WaitForServiceAsync();
        await bus.ParkAsync();
        var firstId = bus.Since<V1.AgentHealth>(0)[0].InstanceId.ToString();

        await using var second = ServiceProcess.Start(domain, ModelPackage.None, folder.File("second"));

        Assert.Equal(OtherServiceWasFirst, await second.ExitAsync());
        Assert.Contains($"Another EcuAgent (instance {firstId}", second.Output, StringComparison.Ordinal);
        Assert.False(first.HasExited);

        // The second wrote the same instance and took it away when it left: the first one's word comes again, for old readers and new.
        await bus.NextAsync<V1.GateStatus>(s => s.DrivingState == V1.DrivingState.Parked, bus.Mark);
        await using var late = new TestBus(domain);
        var status = await late.NextAsync<V1.GateStatus>(s => s.DrivingState == V1.DrivingState.Parked);
        Assert.Equal("strict", status.PolicyProfile.ToString());
        var health = await late.NextAsync<V1.AgentHealth>(h => h.State != V1.HealthState.Stopping);
        Assert.Equal(firstId, health.InstanceId.ToString());
    }
}
