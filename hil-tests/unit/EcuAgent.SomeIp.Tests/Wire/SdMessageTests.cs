using System.Net;
using CsCheck;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Wire;

public sealed class SdMessageTests
{
    private static readonly IPEndPoint Server = new(IPAddress.Parse("192.0.2.7"), 30509);

    internal static readonly Gen<SdOption> GenOption = Gen.OneOf<SdOption>(
        Gen.Select(Gen.Bool, Gen.Int[1, 4], Gen.Int[1, 65535], (v6, host, port) => (SdOption)SdEndpointOption.Unicast(Address(v6, host, port), SdTransport.Udp)),
        Gen.Select(Gen.Bool, Gen.Int[1, 4], Gen.Int[1, 65535], (v6, host, port) => (SdOption)SdEndpointOption.Unicast(Address(v6, host, port), SdTransport.Tcp)),
        Gen.Select(Gen.UShort, Gen.UShort, (priority, weight) => (SdOption)new SdLoadBalancingOption(priority, weight)),
        Gen.Select(Gen.Char['a', 'z'], Gen.String[Gen.Char['a', 'z'], 0, 30], (key, value) => (SdOption)new SdConfigurationOption($"{key}={value}", "flag")),
        Gen.Byte.Array[0, 20].Select(static body => (SdOption)new SdOpaqueOption(SdOptionType.MacGroupcast, body)));

    [Fact]
    public void WriteAndRead_AnyEntriesWithOptions_AreTheSame() =>
        Gen.Select(Gen.UShort, Gen.UShort, Gen.Byte, Gen.UInt[0, 0xFFFFFF], Gen.UInt, GenOption.Array[0, 4]).Array[1, 20].Sample(items =>
        {
            var writer = new SdMessageWriter();
            var expected = new List<(SdEntry Entry, SdOption[] Options)>();
            foreach (var (service, instance, major, ttl, minor, options) in items)
            {
                var entry = SdEntry.ForService(SdEntryType.Offer, service, instance, major, minor, ttl);
                if (writer.TryAdd(entry, options))
                {
                    expected.Add((entry, options));
                }
            }

            var size = writer.Size;
            var bytes = new byte[2000];
            Assert.Equal(size, writer.Write(bytes, 5, SdHeaderBits.Reboot));
            Assert.True(size <= SomeIpHeader.Size + SomeIpHeader.MaxUdpPayload);
            var message = Read(bytes.AsSpan(0, size));
            Assert.Empty(message.OptionFaults);
            return message.Items.Count == expected.Count && message.Items.Zip(expected).All(pair =>
                pair.First.Entry with { FirstIndex = 0, FirstCount = 0, SecondIndex = 0, SecondCount = 0 } == pair.Second.Entry &&
                pair.First.Options.SequenceEqual(pair.Second.Options));
        });

    [Fact]
    public void Write_OptionsOfTwoEntries_AreWrittenOnce()
    {
        var writer = new SdMessageWriter();
        var udp = SdEndpointOption.Unicast(Server, SdTransport.Udp);
        var tcp = SdEndpointOption.Unicast(Server, SdTransport.Tcp);
        var extra = new SdLoadBalancingOption(1, 2);
        Assert.True(writer.TryAdd(SdEntry.ForService(SdEntryType.Offer, 1, 1, 1, 0, 3), [udp, tcp]));
        Assert.True(writer.TryAdd(SdEntry.ForService(SdEntryType.Offer, 2, 1, 1, 0, 3), [udp, tcp, extra]));
        Assert.True(writer.TryAdd(SdEntry.ForService(SdEntryType.Offer, 3, 1, 1, 0, 3), [tcp]));
        Assert.Equal(16 + 12 + (3 * 16) + (2 * 12) + 8, writer.Size);
    }

    [Theory]
    [InlineData("", SomeIpFault.SdTruncated)]
    [InlineData("C00000000000000000000", SomeIpFault.SdTruncated)]
    [InlineData("C0000000 00000008 0000000000000000 00000000", SomeIpFault.SdEntriesLength)]
    [InlineData("C0000000 00000010 00000000", SomeIpFault.SdEntriesLength)]
    [InlineData("C0000000 FFFFFFF0 00000000", SomeIpFault.SdEntriesLength)]
    [InlineData("C0000000 00000000 00000001", SomeIpFault.SdOptionsLength)]
    [InlineData("C0000000 00000000 FFFFFFFF", SomeIpFault.SdOptionsLength)]
    public void Read_FalseLengths_GivesNoMessage(string hex, SomeIpFault expected)
    {
        Assert.Equal(expected, SdMessage.TryRead(Hex(hex), out var message));
        Assert.Null(message);
    }

    /// <summary>An offer that refers to the one option given.</summary>
    [Theory]
    [InlineData("0009 04 00 C0000207 00 11 772D", SomeIpFault.None)]
    [InlineData("0009 04 00 C0000207 00 06 772D", SomeIpFault.None)]
    [InlineData("0009 04 00 C0000207 00 12 772D", SomeIpFault.SdEndpointProtocol)]
    [InlineData("0009 04 00 C0000207 00 11 0000", SomeIpFault.SdEndpointPort)]
    [InlineData("0009 04 00 00000000 00 11 772D", SomeIpFault.SdEndpointAddress)]
    [InlineData("0009 04 00 E0000001 00 11 772D", SomeIpFault.SdEndpointAddress)]
    [InlineData("0009 14 00 C0000207 00 11 772D", SomeIpFault.SdMulticastAddress)]
    [InlineData("0009 14 00 E0000001 00 06 772D", SomeIpFault.SdEndpointProtocol)]
    [InlineData("0009 14 00 E0000001 00 11 772D", SomeIpFault.SdOptionNotAllowed)]
    [InlineData("0008 04 00 C0000207 00 11 77", SomeIpFault.SdOptionLength)]
    [InlineData("000A 04 00 C0000207 00 11 772D 00", SomeIpFault.SdOptionLength)]
    [InlineData("0009 06 00 C0000207 00 11 772D", SomeIpFault.SdOptionLength)]
    [InlineData("0000 04", SomeIpFault.SdOptionLength)]
    [InlineData("FFFF 04 00", SomeIpFault.SdOptionIndex)]
    [InlineData("00", SomeIpFault.SdOptionIndex)]
    [InlineData("", SomeIpFault.SdOptionIndex)]
    [InlineData("0005 02 00 0001 0002", SomeIpFault.None)]
    [InlineData("0004 02 00 0001 00", SomeIpFault.SdOptionLength)]
    [InlineData("0007 01 00 04 613D6263 00", SomeIpFault.None)]
    [InlineData("0006 01 00 04 613D6263", SomeIpFault.SdConfigurationString)]
    [InlineData("0007 01 00 05 613D6263 00", SomeIpFault.SdConfigurationString)]
    [InlineData("0007 01 00 04 3D616263 00", SomeIpFault.SdConfigurationString)]
    [InlineData("0008 01 00 04 613D6263 00 00", SomeIpFault.SdConfigurationString)]
    [InlineData("0001 01 00", SomeIpFault.SdConfigurationString)]
    [InlineData("0003 77 00 0102", SomeIpFault.None)]
    public void Read_Option_IsJudgedForItsEntry(string option, SomeIpFault expected)
    {
        var bytes = Hex(option);
        var message = Read(Sd("01 00 00 10 1234 5678 01 000003 00000000", bytes));
        Assert.Equal(expected, Assert.Single(message.Items).Fault);
    }

    [Fact]
    public void Read_UnknownOption_IsIgnoredAndCountedUnlessDiscardable()
    {
        Assert.Equal([SomeIpFault.SdOptionTypeUnknown], Read(Sd("01 00 00 10 1234 5678 01 000003 00000000", Hex("0003 77 00 0102"))).OptionFaults);
        Assert.Empty(Read(Sd("01 00 00 10 1234 5678 01 000003 00000000", Hex("0003 77 80 0102"))).OptionFaults);
    }

    [Fact]
    public void Read_TwoUdpEndpointsWithDifferentPorts_IsAConflict()
    {
        var options = Hex("0009 04 00 C0000207 00 11 772D 0009 04 00 C0000207 00 11 772E");
        Assert.Equal(SomeIpFault.SdOptionConflict, Read(Sd("06 00 00 20 1234 5678 01 000003 00 00 4465", options)).Items[0].Fault);
        Assert.Equal(SomeIpFault.SdOptionConflict, Read(Sd("06 00 01 11 1234 5678 01 000003 00 00 4465", options)).Items[0].Fault);
        Assert.Equal(SomeIpFault.None, Read(Sd("06 00 00 21 1234 5678 01 000003 00 00 4465", Hex("0009 04 00 C0000207 00 11 772D 0009 04 00 C0000207 00 06 772E"))).Items[0].Fault);
    }

    [Fact]
    public void Read_EntriesOfAllKinds_AreTaken()
    {
        var message = Read(Sd("00 00 00 10 1234 FFFF FF 000003 FFFFFFFF 02 00 00 00 1234 0001 01 000003 00000000", Hex("0009 04 00 C0000207 00 11 772D")));
        Assert.Equal(SomeIpFault.None, message.Items[0].Fault);
        Assert.Empty(message.Items[0].Options);
        Assert.Equal(SomeIpFault.SdEntryTypeUnknown, message.Items[1].Fault);
    }

    [Fact]
    public void Read_SdEndpoint_StandsForTheSource()
    {
        var writer = new SdMessageWriter();
        writer.SetSdEndpoint(SdEndpointOption.ServiceDiscovery(Server));
        writer.TryAdd(SdEntry.ForService(SdEntryType.Find, 1, 1, 1, 0, 3), []);
        var bytes = new byte[200];
        Assert.Equal(Server, Read(bytes.AsSpan(0, writer.Write(bytes, 1, SdHeaderBits.Unicast))).SdEndpoint?.Endpoint);
    }

    [Fact]
    public void ConfigurationOption_Items_KeepKeyAndValue()
    {
        var option = new SdConfigurationOption("a=b=c", "flag", "empty=");
        Assert.Equal([new("a", "b=c"), new("flag", null), new("empty", "")], option.Items);
        Assert.Throws<ArgumentException>(static () => new SdConfigurationOption("=x"));
        Assert.Throws<ArgumentException>(static () => new SdConfigurationOption(""));
    }

    private static SdMessage Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SomeIpDatagramReader(bytes);
        Assert.True(reader.TryRead(out var header, out var payload, out _));
        Assert.Equal(SomeIpFault.None, SdMessage.CheckHeader(header));
        Assert.Equal(SomeIpFault.None, SdMessage.TryRead(payload, out var message));
        return message!;
    }

    private static byte[] Sd(string entriesHex, byte[] options)
    {
        var entries = Hex(entriesHex);
        byte[] payload = [0xC0, 0, 0, 0, .. Length(entries), .. entries, .. Length(options), .. options];
        return Messages.One(SomeIpHeader.For(0xFFFF, 0x8100, payload.Length, 0, 1, 1, SomeIpMessageType.Notification), payload);
    }

    private static byte[] Length(byte[] of) => [0, 0, (byte)(of.Length >> 8), (byte)of.Length];

    private static byte[] Hex(string hex)
    {
        hex = hex.Replace(" ", "", StringComparison.Ordinal);
        return Convert.FromHexString(hex[..(hex.Length & ~1)]);
    }

    private static IPEndPoint Address(bool v6, int host, int port) => new(IPAddress.Parse(v6 ? $"2001:db8::{host}" : $"192.0.2.{host}"), port);
}
