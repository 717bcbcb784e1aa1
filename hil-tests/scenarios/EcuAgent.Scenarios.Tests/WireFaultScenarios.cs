using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Peers that do not keep to the contract: named in log and health, and the service stays up.</summary>
/// <remarks>The rig is this class's own: what these peers do stays in the service's health.</remarks>
public sealed class WireFaultScenarios(BusRig rig) : IClassFixture<BusRig>
{
    [Fact]
    public async Task Gear_ValueThatTheEnumDoesNotHaveFromAProgramInC_IsDroppedAndCounted()
    {
        using var folder = new TemporaryFolder();
        var program = CProgram.Build(folder, "wrong_enum.c", idl => idl.Replace("GearPosition position;", "long position;", StringComparison.Ordinal));
        await rig.Bus.ParkAsync();
        var rejected = rig.Bus.Since<V1.AgentHealth>(0)[^1].SamplesRejected;
        var mark = rig.Bus.Mark;

        await using var peer = CProgram.Start(program, rig.Domain);
        await peer.LineAsync("wrote 0");

        await rig.Bus.NextAsync<V1.AgentHealth>(h => h.SamplesRejected > rejected, mark);
        Assert.All(rig.Bus.Since<V1.GateStatus>(mark), s => Assert.Equal(V1.DrivingState.Parked, s.DrivingState));
        Assert.False(rig.Service.HasExited);
        peer.CloseInput();
        await peer.ExitAsync();
    }

    [Fact]
    public async Task Gear_WithAForeignType_IsNamedInLogAndHealth()
    {
        using var other = Join();
        using var topic = other.CreateTopic<V1.ParkingBrake>("Gear", TopicTable.Qos("Gear"));
        using var writer = other.CreateWriter(topic);

        var health = await rig.Bus.NextAsync<V1.AgentHealth>(
            h => h.DegradedReasons.ToString().Contains("inconsistent_topic:Gear", StringComparison.Ordinal));

        Assert.Equal(V1.HealthState.Degraded, health.State);
        await rig.Service.LineAsync(l => l.Contains("Gear", StringComparison.Ordinal) && l.Contains("InconsistentTopic", StringComparison.Ordinal));
        Assert.False(rig.Service.HasExited);
    }

    [Theory]
    [InlineData("ParkingBrake", "RELIABILITY")]
    [InlineData("PowerMode", "DURABILITY")]
    public async Task Writer_OfferingLessThanTheContract_IsNamedWithTopicAndPolicy(string topicName, string policy)
    {
        using var other = Join();
        var qos = TopicTable.Qos(topicName);
        qos = policy == "RELIABILITY" ? qos with { Reliability = DdsReliability.BestEffort } : qos with { Durability = DdsDurability.Volatile };
        using DdsEntity writer = topicName == "ParkingBrake"
            ? other.CreateWriter(other.CreateTopic<V1.ParkingBrake>(topicName, qos))
            : other.CreateWriter(other.CreateTopic<V1.PowerMode>(topicName, qos));

        var health = await rig.Bus.NextAsync<V1.AgentHealth>(
            h => h.DegradedReasons.ToString().Contains($"incompatible_qos:{topicName}:{policy}", StringComparison.Ordinal));

        Assert.Equal(V1.HealthState.Degraded, health.State);
        Assert.False(rig.Service.HasExited);
    }

    private DdsParticipant Join() =>
        DdsParticipant.Create(new CockpitBusOptions { DomainId = rig.Domain, Source = "odd" }.ToParticipantOptions());
}
