using System.Text.Json;
using EcuAgent.Idl.V1;
using EcuAgent.SomeIp.Protection;
using EcuAgent.SomeIp.TypeSupport;
using Xunit;

namespace EcuAgent.SomeIp.Services.Tests;

/// <summary>idl/someip.json says the same as the IDL, idl/topics.json, the generated types and the options of E2E.</summary>
public sealed class ContractMapTests
{
    private const int UdpPayloadBytes = 1400;

    private static readonly IReadOnlyList<(MappedService Service, MappedTopic Topic)> All =
        [.. ServiceMap.Contract.Services.SelectMany(static s => s.Topics, static (s, t) => (s, t))];

    [Fact]
    public void File_AgainstItsSchema_IsValid() => Assert.True(MapFiles.IsValid(MapFiles.Map()));

    [Fact]
    public void Topics_AreThoseOfTheTopicTable_WithTheirDirections()
    {
        var expected = Table().Select(static x => (x.GetProperty("topic").GetString()!, x.GetProperty("direction").GetString() == "in" ? TopicDirection.In : TopicDirection.Out));
        Assert.Equal(expected.Order(), All.Select(static x => (x.Topic.Topic, x.Service.DirectionOf(x.Topic))).Distinct().Order());
    }

    [Fact]
    public void Protection_AfterALongLoss_FindsAnOrderAgain() =>
        Assert.All(All.Where(static x => x.Topic.E2e is not null), static x => Assert.InRange(x.Topic.E2e!.SyncCount, 1, 3));

    // A field has one value, so a topic with an instance for each order or parcel cannot be one.
    [Fact]
    public void Fields_AreTheTopicsWhoseLastValueIsKept_WithOneInstance()
    {
        var expected = Table().Where(static x => x.GetProperty("durability").GetString() == "transient-local").Select(static x => x.GetProperty("topic").GetString()!)
            .Except(["OrderStatus", "ParcelStatus"]);
        Assert.Equal(expected.Order(), All.Where(static x => x.Topic.Kind == TopicKind.Field).Select(static x => x.Topic.Topic).Order());
        Assert.True(OrderStatus.Descriptor.Keys.Length > 1 && ParcelStatus.Descriptor.Keys.Length > 1 && Gear.Descriptor.Keys.Length == 1);
    }

    [Fact]
    public void Udp_LongestMessage_FitsIntoOneDatagram() =>
        Assert.All(All.Where(static x => x.Topic.Transport == TopicTransport.Udp), static x => Assert.InRange(MaxBytes(x.Topic), 1, UdpPayloadBytes));

    [Fact]
    public void LengthFieldBits_AreThoseOfTheGeneratedTypes()
    {
        Span<byte> payload = stackalloc byte[Gear.MaxSomeIpBytes];
        Assert.True(SomeIpPayload.TryWrite(default(Gear), payload, out var written, out _));
        Assert.Equal((ServiceMap.Contract.LengthFieldBits / 8) + 4 + 8 + 4 + 4 + 4, written);
    }

    [Fact]
    public void E2e_EveryBinding_GivesOptionsWithoutFaults()
    {
        var bindings = All.Select(static x => x.Topic.E2e).OfType<E2eBinding>().ToList();
        Assert.All(bindings, static x => Assert.Empty(x.ToOptions().Faults()));
        Assert.Equal(["Gear", "ParkingBrake", "PowerMode", "VehicleSpeed"], All.Where(static x => x.Topic.E2e is not null).Select(static x => x.Topic.Topic).Order());
    }

    [Fact]
    public void PlacesOf_TopicOfSeveralEcus_NamesEachService()
    {
        Assert.Equal(["Climate", "Navigation"], ServiceMap.Contract.PlacesOf("CommandOutcome").Select(static x => x.Service.Name));
        Assert.Empty(ServiceMap.Contract.PlacesOf("commandoutcome"));
    }

    private static int MaxBytes(MappedTopic topic)
    {
        var type = typeof(Gear).Assembly.GetType($"EcuAgent.Idl.V1.{topic.Topic}", throwOnError: true)!;
        var payload = (int)type.GetProperty(nameof(Gear.MaxSomeIpBytes))!.GetValue(null)!;
        return payload + (topic.E2e?.ToOptions().HeaderBytes ?? 0);
    }

    private static IReadOnlyList<JsonElement> Table()
    {
        using var table = JsonDocument.Parse(MapFiles.Text("topics.json"));
        return [.. table.RootElement.GetProperty("topics").EnumerateArray().Select(static x => x.Clone())];
    }
}
