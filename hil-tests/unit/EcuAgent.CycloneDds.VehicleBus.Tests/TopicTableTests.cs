using System.Text.Json;
using EcuAgent.CycloneDds;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.CycloneDds.VehicleBus.Tests;

public sealed class TopicTableTests
{
    private static readonly string[] TransientLocal =
    [
        "Gear", "ParkingBrake", "PowerMode", "Energy", "ClimateState", "NavigationState", "GateStatus", "AgentHealth", "OrderStatus",
        "ParcelStatus",
    ];

    private static readonly string[] Messages =
    [
        "Utterance", "Confirmation", "PlaceQuery", "PlaceResults", "NavigationCommand", "HvacCommand", "CommandOutcome", "AssistantReply",
        "Decision",
    ];

    public static TheoryData<string> Topics => [.. TopicTable.Names];

    [Fact]
    public void Table_CoversEveryTopicTypeOfTheIdlAndNoOther()
    {
        var types = typeof(V1.Gear).Assembly.GetExportedTypes()
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDdsType<>)))
            .Select(t => t.Name);
        Assert.Equal(types.Order(StringComparer.Ordinal), TopicTable.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Qos_OfATopic_IsWhatTheFileSays(string topic)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "topics.json")));
        var entry = file.RootElement.GetProperty("topics").EnumerateArray().Single(t => t.GetProperty("topic").GetString() == topic);
        var qos = TopicTable.Qos(topic);

        Assert.Equal(Text("reliability") == "reliable", qos.Reliability == DdsReliability.Reliable);
        Assert.Equal(Text("durability") == "transient-local", qos.Durability == DdsDurability.TransientLocal);
        Assert.Equal(Text("history") == "keep-all", qos.History == DdsHistory.KeepAll);
        Assert.Equal(Number("deadlineMs"), qos.Deadline?.TotalMilliseconds);
        Assert.Equal(Number("lifespanMs"), qos.Lifespan?.TotalMilliseconds);
        Assert.Equal(Number("maxSamples"), qos.ResourceLimits?.MaxSamples);
        if (qos.History == DdsHistory.KeepLast)
        {
            Assert.Equal(Number("depth"), qos.HistoryDepth);
        }

        string? Text(string name) => entry.GetProperty(name).GetString();
        double? Number(string name) => entry.TryGetProperty(name, out var value) ? value.GetDouble() : null;
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Qos_OfATopic_KeepsTheRulesOfTheContract(string topic)
    {
        var qos = TopicTable.Qos(topic);
        Assert.Equal(DdsReliability.Reliable, qos.Reliability);
        Assert.Equal(TransientLocal.Contains(topic) ? DdsDurability.TransientLocal : DdsDurability.Volatile, qos.Durability);
        if (Messages.Contains(topic))
        {
            Assert.Equal(DdsHistory.KeepAll, qos.History);
            Assert.InRange(qos.ResourceLimits!.Value.MaxSamples, 1, 1024);
        }
        else
        {
            Assert.Equal((DdsHistory.KeepLast, topic == "CabinCameraEvent" ? 16 : 1), (qos.History, qos.HistoryDepth));
        }

        // A command that waits on the wire must not be carried out late.
        Assert.Equal(topic is "HvacCommand" or "NavigationCommand" or "PlaceQuery", qos.Lifespan is not null);
        Assert.Equal(topic is "VehicleSpeed" or "Location", qos.Deadline is not null);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Qos_ForAPair_DiffersOnlyInTheOwnershipOfWhatMustHaveOneVoice(string topic)
    {
        var isOneVoice = topic is "HvacCommand" or "NavigationCommand" or "AssistantReply" or "GateStatus";
        Assert.Null(TopicTable.Qos(topic).Ownership);
        Assert.Equal(isOneVoice ? DdsOwnership.Exclusive : null, TopicTable.Qos(topic, isPair: true).Ownership);
        Assert.Equal(TopicTable.Qos(topic), TopicTable.Qos(topic, isPair: true) with { Ownership = null });
    }

    [Fact]
    public void Qos_OfAnUnknownTopic_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(() => TopicTable.Qos("Gera"));
        Assert.Contains("'Gera'", error.Message, StringComparison.Ordinal);
    }
}
