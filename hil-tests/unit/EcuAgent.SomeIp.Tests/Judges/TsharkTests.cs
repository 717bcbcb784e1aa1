using EcuAgent.SomeIp.Tests.Wire;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Judges;

/// <summary>The dissectors someip and someipsd on captured exchanges: they know every message and have nothing to remark.</summary>
public sealed class TsharkTests
{
    private static readonly string[] Fields =
    [
        "frame.number", "frame.protocols", "someip.messageid", "someip.messagetype", "someipsd.entry.type", "someip.tp.reassembled.length",
        "_ws.malformed", "_ws.expert.message", "_ws.expert.severity",
    ];

    /// <summary>Remarks below this are notes and chats.</summary>
    private const long Warning = 6291456;

    [Fact]
    public async Task CapturedExchanges_Dissected_WithoutRemark()
    {
        Tools.NeedScapy();
        Tools.NeedTshark();
        var packets = await ScapyExchange.AsClientAsync();
        packets.AddRange(await ScapyExchange.AsServerAsync());
        var rows = await DissectAsync(packets);
        Assert.Equal(packets.Count, rows.Count);
        Assert.All(rows, static row => Assert.Contains("someip", row["frame.protocols"], StringComparison.Ordinal));
        Assert.All(rows, static row => Assert.Equal("", row["_ws.malformed"]));
        Assert.All(rows, static row => Assert.True(
            row["_ws.expert.severity"].Split(',', StringSplitOptions.RemoveEmptyEntries).All(static s => Severity(s) < Warning),
            row["_ws.expert.message"]));
        var entries = rows.SelectMany(static row => row["someipsd.entry.type"].Split(',', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        Assert.Superset(new HashSet<string> { "0x00", "0x01", "0x06", "0x07" }, entries);

        // Our TP answer of 3000 bytes is put together.
        Assert.Contains(rows, static row => row["someip.tp.reassembled.length"].Contains("3000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BrokenMessage_Dissected_HasARemark()
    {
        Tools.NeedTshark();
        var broken = Messages.One(SomeIpHeader.For(0xFFFF, 0x8100, 20, 0, 1, 1, SomeIpMessageType.Notification), [0xC0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        var rows = await DissectAsync([new CapturedPacket("udp", new(Nodes.Network.Address(1), 30490), new(Nodes.Network.Address(2), 30490), broken)]);
        Assert.NotEqual("", rows[0]["_ws.expert.message"] + rows[0]["_ws.malformed"]);
    }

    private static long Severity(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<Dictionary<string, string>>> DissectAsync(List<CapturedPacket> packets)
    {
        var path = Path.Combine(Path.GetTempPath(), $"someip-{Guid.NewGuid():n}.pcap");
        try
        {
            PcapFile.Write(path, packets);
            var ports = packets.SelectMany(static packet => new[] { (packet.Kind, packet.Source.Port), (packet.Kind, packet.Destination.Port) }).Distinct()
                .SelectMany(static port => new[] { "-d", $"{port.Kind}.port=={port.Port},someip" });
            var output = await Tools.RunAsync("tshark", "", ["-r", path, "-T", "fields", "-E", "separator=|", .. ports, .. Fields.SelectMany(static field => new[] { "-e", field })]);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => Fields.Zip(line.Split('|')).ToDictionary(static pair => pair.First, static pair => pair.Second))];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
