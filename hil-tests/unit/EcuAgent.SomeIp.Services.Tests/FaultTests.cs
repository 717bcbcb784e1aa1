using CsCheck;
using Xunit;

namespace EcuAgent.SomeIp.Services.Tests;

/// <summary>Every fault by its path; the schema, which editors use, refuses the same where one member tells.</summary>
public sealed class FaultTests
{
    private static readonly string[] Pieces = ["", "\"", "{", "]", "0x", "null", "1e9", ",", "9"];

    [Theory]
    [InlineData("lengthFieldBits", "24")]
    [InlineData("lengthFieldBits", "-")]
    [InlineData("service", "[]")]
    [InlineData("services", "[]")]
    [InlineData("services", "{}")]
    [InlineData("services/0", "7")]
    [InlineData("services/0/name", "\"9th\"")]
    [InlineData("services/0/name", "\"\"")]
    [InlineData("services/0/serviceId", "\"0x0000\"")]
    [InlineData("services/0/serviceId", "\"0xFFFE\"")]
    [InlineData("services/0/serviceId", "\"0x433F\"")]
    [InlineData("services/0/serviceId", "\"0x0101\"")]
    [InlineData("services/0/serviceId", "\"0x61\"")]
    [InlineData("services/0/serviceId", "\"0xabcd\"")]
    [InlineData("services/0/serviceId", "24833")]
    [InlineData("services/0/instanceId", "\"0xFFFF\"")]
    [InlineData("services/0/majorVersion", "255")]
    [InlineData("services/0/majorVersion", "1.5")]
    [InlineData("services/0/minorVersion", "4294967295")]
    [InlineData("services/0/minorVersion", "-1")]
    [InlineData("services/0/minorVersion", "-")]
    [InlineData("services/0/offeredBy", "\"cloud\"")]
    [InlineData("services/0/topics", "[]")]
    [InlineData("services/0/topics/1/topic", "-")]
    [InlineData("services/0/topics/1/kind", "\"signal\"")]
    [InlineData("services/0/topics/1/id", "\"0x8000\"")]
    [InlineData("services/0/topics/1/id", "\"0x7FFF\"")]
    [InlineData("services/0/topics/1/id", "\"0xFFFF\"")]
    [InlineData("services/0/topics/1/eventgroup", "-")]
    [InlineData("services/0/topics/1/eventgroup", "\"0x0000\"")]
    [InlineData("services/0/topics/1/transport", "\"quic\"")]
    [InlineData("services/0/topics/1/maxRateHz", "0")]
    [InlineData("services/0/topics/1/maxRateHz", "1001")]
    [InlineData("services/0/topics/1/qos", "1")]
    [InlineData("services/0/topics/1/e2e/profile", "\"P11\"")]
    [InlineData("services/0/topics/1/e2e/profile", "-")]
    [InlineData("services/0/topics/1/e2e/dataId", "\"0x1\"")]
    [InlineData("services/0/topics/1/e2e/maxDeltaCounter", "0")]
    [InlineData("services/0/topics/1/e2e/syncCount", "256")]
    [InlineData("services/0/topics/1/e2e/offset", "8")]
    [InlineData("services/4/topics/0/id", "\"0x8001\"")]
    [InlineData("services/4/topics/0/id", "\"0x0000\"")]
    [InlineData("services/4/topics/0/eventgroup", "\"0x0001\"")]
    public void OneMember_Wrong_IsNamedAndTheSchemaRefusesIt(string path, string value)
    {
        var map = MapFiles.With(path, value);
        Assert.False(MapFiles.IsValid(map));
        Assert.Contains(MapFiles.Faults(map.ToJsonString()), x => x.Path == Dotted(path) && x.Problem.Length > 0 && (value == "-") == (x.Value == "(missing)"));
    }

    [Theory]
    [InlineData("services/0/name", "\"Cockpit\"", "services/7/name", "another service has this name")]
    [InlineData("services/0/serviceId", "\"0x6102\"", "services/1/serviceId", "another service has these ids")]
    [InlineData("services/0/topics/1/topic", "\"VehicleSpeed\"", "services/0/topics/1/topic", "has this topic already")]
    [InlineData("services/0/topics/1/id", "\"0x8001\"", "services/0/topics/1/id", "has this id already")]
    [InlineData("services/0/topics/1/transport", "\"tcp\"", "services/0/topics/1/transport", "the first of the eventgroup 0x0001")]
    [InlineData("services/5/topics/1/transport", "\"udp\"", "services/5/topics/1/transport", "the first of the methods")]
    [InlineData("services/0/topics/1/e2e/dataId", "\"0x00018001\"", "services/0/topics/1/e2e/dataId", "another message has this data id")]
    [InlineData("services/7/topics/2/topic", "\"HvacCommand\"", "services/7/topics/2/topic", "goes out by another service")]
    [InlineData("services/7/topics/2/topic", "\"Utterance\"", "services/7/topics/2/topic", "flows the other way")]
    public void TwoMembers_ThatDoNotGoTogether_AreNamed(string path, string value, string where, string problem)
    {
        var fault = Assert.Single(MapFiles.Faults(MapFiles.With(path, value).ToJsonString()));
        Assert.Equal(Dotted(where), fault.Path);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void E2e_Profile5WithALongDataId_IsRefused()
    {
        var map = MapFiles.With("services/0/topics/0/e2e/profile", "\"P05\"");
        Assert.False(MapFiles.IsValid(map));
        Assert.Equal("$.services[0].topics[0].e2e.dataId", Assert.Single(MapFiles.Faults(map.ToJsonString())).Path);
    }

    [Fact]
    public void Faults_OfOneFile_AreCollected()
    {
        var map = MapFiles.With("services/0/topics/0/maxRateHz", "0");
        map["services"]![3]!["offeredBy"] = "nobody";
        map["services"]![7]!["topics"]![0]!["id"] = "0x1";
        map["services"]![7]!["topics"]![1]!["id"] = 2;
        Assert.Equal(
            ["$.services[0].topics[0].maxRateHz", "$.services[3].offeredBy", "$.services[7].topics[0].id", "$.services[7].topics[1].id"],
            MapFiles.Faults(map.ToJsonString()).Select(static x => x.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"lengthFieldBits\": 32, \"lengthFieldBits\": 32}")]
    [InlineData("{\"services\": [[[[[[[[[[]]]]]]]]]]}")]
    public void NoMap_IsAFaultOfTheWhole(string text) => Assert.Contains(MapFiles.Faults(text), static x => x.Path == "$");

    [Fact]
    public void Read_DamagedFile_NeverThrows()
    {
        var text = MapFiles.Text("someip.json");
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[0, 30], Gen.OneOf(Pieces))
            .Sample(
                (at, cut, put) =>
                {
                    var damaged = text[..at] + put + text[Math.Min(text.Length, at + cut)..];
                    var isRead = ServiceMap.TryRead(System.Text.Encoding.UTF8.GetBytes(damaged), out var map, out var faults);
                    return isRead == (faults.Count == 0) && isRead == (map is not null);
                },
                iter: 2000);
    }

    private static string Dotted(string path) =>
        "$" + string.Concat(path.Split('/').Select(static x => char.IsAsciiDigit(x[0]) ? $"[{x}]" : $".{x}"));
}
