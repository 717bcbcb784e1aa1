using EcuAgent.Idl.V1;
using EcuAgent.SomeIp.TypeSupport;
using Xunit;
using Primitives = EcuAgent.Idl.Tests.Generated.Primitives;
using Strings = EcuAgent.Idl.Tests.Generated.Strings;

namespace EcuAgent.Idl.Tests.SomeIp;

/// <summary>Bytes computed by hand, and each fault by its name.</summary>
public sealed class PayloadBytesTests
{
    private const string GearHex =
        "00000007 EFBBBF 62726B 00" + // source "brk"
        "0102030405060708" + "11223344" + // source_time_ns, sequence_number
        "00000001" + "00000004"; // VALIDITY_VALID, GEAR_DRIVE

    private const string CameraHex =
        "00000004 EFBBBF 00" + "0000000000000002" + "00000003" + "00000001" +
        "05" + "01" + "3FE0000000000000" + "3FF0000000000000" + "01" + // kss 5, phone, 0.5, 1.0, one seat
        "00000023" + "00000001 010001" + "00000000 000000 00000000 000000 00000000 000000 00000000 000000"; // 5 seats of 7 bytes

    [Fact]
    public void Gear_ByHand() => AssertBytes(
        GearHex,
        new Gear { Source = Text<BoundedString32>("brk"), SourceTimeNs = 0x0102030405060708, SequenceNumber = 0x11223344, Validity = Validity.Valid, Position = GearPosition.Drive });

    [Fact]
    public void CabinCameraEvent_ArrayOfStructs_ByHand()
    {
        var sample = new CabinCameraEvent
        {
            SourceTimeNs = 2, SequenceNumber = 3, Validity = Validity.Valid, DrowsinessKss = 5, PhoneInUse = true, AttentionProbability = 0.5, Confidence = 1, SeatCount = 1,
        };
        sample.Seats[0] = new SeatOccupancy { Zone = CabinZone.Driver, Occupied = true, Child = true };
        AssertBytes(CameraHex, sample);
    }

    [Fact]
    public void HvacCommand_TextOfTwoAndThreeBytes_ByHand() => AssertBytes(
        "00000009 EFBBBF C3A9E4B8AD 00" + "0000000000000001" + "0000000000000002" + "00000003" +
        "00000004 EFBBBF 00" + "00000004 EFBBBF 00" + "00000004" + "00000001" + "00" + "FFFFFFFF" + "00000000" + "C000000000000000",
        new HvacCommand
        {
            Source = Text<BoundedString32>("é中"), IssuedTimeNs = 1, ExpiresTimeNs = 2, SequenceNumber = 3,
            Action = HvacAction.AdjustFan, Zone = CabinZone.Driver, Level = -1, TemperatureCelsius = -2,
        });

    [Fact]
    public void OldNames_EveryPrimitive_ByHand() => AssertBytes(
        "41 FF 01 FFFE ABCD FFFFFFFF 01020304 FFFFFFFFFFFFFFFE 1122334455667788 3FC00000 C000000000000000",
        new Primitives.OldNames
        {
            C = 0x41, O = 0xFF, B = true, S = -2, Us = 0xABCD, L = -1, Ul = 0x01020304, Ll = -2, Ull = 0x1122334455667788, F = 1.5f, D = -2,
        });

    [Fact]
    public void Mixed_ArraysOfStringsWithSixteenBitLengths_ByHand()
    {
        var sample = new Strings.Mixed { One = Text<Strings.BoundedString1>("a"), Gap = 7, End = -2 };
        sample.Names[0] = Text<Strings.BoundedString8>("x");
        sample.Table[1][0] = Text<Strings.BoundedString5>("y");
        const string Empty = "0004 EFBBBF 00";
        AssertBytes(
            "0005 EFBBBF 61 00" + "07" + Empty + "0013" + "0005 EFBBBF 78 00" + Empty + Empty +
            "001D" + "000C" + Empty + Empty + "000D" + "0005 EFBBBF 79 00" + Empty + "FFFFFFFE",
            sample);
    }

    [Theory]
    [InlineData("00000007", "00000025", SomeIpPayloadFault.LengthTooLarge)] // 37 with a bound of 32 and 4 around it
    [InlineData("00000007", "FFFFFFFF", SomeIpPayloadFault.LengthTooLarge)]
    [InlineData("00000007", "00000024", SomeIpPayloadFault.TooShort)] // allowed, but beyond the payload
    [InlineData("EFBBBF", "FEFF00", SomeIpPayloadFault.StringMark)]
    [InlineData("00000007 EFBBBF 62726B 00", "00000000", SomeIpPayloadFault.StringMark)] // not even a mark
    [InlineData("00000007 EFBBBF 62726B 00", "00000003 EFBBBF", SomeIpPayloadFault.StringNotTerminated)]
    [InlineData("62726B 00", "62726B 73", SomeIpPayloadFault.StringNotTerminated)]
    [InlineData("62726B 00", "620073 00", SomeIpPayloadFault.StringZeroInside)]
    [InlineData("62726B 00", "620073 74", SomeIpPayloadFault.StringZeroInside)]
    [InlineData("62726B 00", "62C328 00", SomeIpPayloadFault.StringUtf8)]
    [InlineData("62726B 00", "EDA080 00", SomeIpPayloadFault.StringUtf8)] // a lone surrogate
    [InlineData("00000001" + "00000004", "00000001" + "00000005", SomeIpPayloadFault.EnumValue)]
    [InlineData("00000001" + "00000004", "80000001" + "00000004", SomeIpPayloadFault.EnumValue)]
    [InlineData("62726B 00", "620000 00", SomeIpPayloadFault.None)] // filled up with zeros
    public void Gear_OneThingChanged_NamesTheFault(string part, string changed, SomeIpPayloadFault expected)
    {
        var read = SomeIpPayload.TryRead<Gear>(Bytes(Changed(GearHex, part, changed)), out var value, out var fault);
        Assert.Equal((expected == SomeIpPayloadFault.None, expected), (read, fault));
        Assert.Equal(expected == SomeIpPayloadFault.None ? "b" : string.Empty, value.Source.ToString());
    }

    [Theory]
    [InlineData("00000023", "00000024", SomeIpPayloadFault.LengthTooLarge)]
    [InlineData("00000023", "00000022", SomeIpPayloadFault.ArrayLength)]
    [InlineData("00000023", "00000000", SomeIpPayloadFault.ArrayLength)]
    [InlineData("00000001 010001", "00000001 020001", SomeIpPayloadFault.BooleanValue)]
    [InlineData("00000001 010001", "00000008 010001", SomeIpPayloadFault.EnumValue)]
    public void CabinCameraEvent_OneThingChanged_NamesTheFault(string part, string changed, SomeIpPayloadFault expected)
    {
        Assert.False(SomeIpPayload.TryRead<CabinCameraEvent>(Bytes(Changed(CameraHex, part, changed)), out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Mixed_InnerArrayLongerThanItsStrings_IsRefused()
    {
        const string Empty = "0004 EFBBBF 00";
        const string Start = "0004 EFBBBF 00" + "07" + Empty + "0012" + Empty + Empty + Empty;
        Assert.True(SomeIpPayload.TryRead<Strings.Mixed>(Bytes(Start + "001C" + "000C" + Empty + Empty + "000C" + Empty + Empty + "00000000"), out _, out _));
        Assert.False(SomeIpPayload.TryRead<Strings.Mixed>(Bytes(Start + "001C" + "000D" + Empty + Empty + "00" + "000B" + Empty + Empty + "00000000"), out _, out var fault));
        Assert.Equal(SomeIpPayloadFault.ArrayLength, fault);
    }

    [Fact]
    public void Write_SampleThatNoContractAllows_NamesTheFault()
    {
        Span<byte> destination = stackalloc byte[Gear.MaxSomeIpBytes];
        var sample = new Gear { Position = (GearPosition)5 };
        Assert.False(SomeIpPayload.TryWrite(sample, destination, out _, out var fault));
        Assert.Equal(SomeIpPayloadFault.EnumValue, fault);

        sample = new Gear { Position = (GearPosition)(-1) };
        Assert.False(SomeIpPayload.TryWrite(sample, destination, out _, out fault));
        Assert.Equal(SomeIpPayloadFault.EnumValue, fault);

        sample = default;
        ((Span<byte>)sample.Source).Fill((byte)'x');
        Assert.False(SomeIpPayload.TryWrite(sample, destination, out _, out fault));
        Assert.Equal(SomeIpPayloadFault.StringNotTerminated, fault);

        sample = default;
        sample.Source[0] = 0xC3;
        Assert.False(SomeIpPayload.TryWrite(sample, destination, out _, out fault));
        Assert.Equal(SomeIpPayloadFault.StringUtf8, fault);
    }

    private static void AssertBytes<T>(string hex, in T sample)
        where T : struct, ISomeIpType<T>
    {
        var destination = new byte[T.MaxSomeIpBytes];
        Assert.True(SomeIpPayload.TryWrite(sample, destination, out var written, out var fault), fault.ToString());
        Assert.Equal(Convert.ToHexString(Bytes(hex)), Convert.ToHexString(destination.AsSpan(0, written)));
    }

    private static string Changed(string hex, string part, string changed)
    {
        Assert.Contains(part, hex, StringComparison.Ordinal);
        var at = hex.IndexOf(part, StringComparison.Ordinal);
        return string.Concat(hex.AsSpan(0, at), changed, hex.AsSpan(at + part.Length));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static T Text<T>(string text)
        where T : struct, Dds.TypeSupport.IBoundedString
    {
        var made = default(T);
        Assert.True(made.TrySet(text));
        return made;
    }
}
