using Xunit;

namespace EcuAgent.E2E.Tests;

public sealed class OptionsTests
{
    private static readonly P01Options P01 = new();
    private static readonly P02Options P02 = new() { DataIds = ProfileCases.Ids };
    private static readonly P04Options P04 = new();
    private static readonly P05Options P05 = new();
    private static readonly P07Options P07 = new();

    public static TheoryData<string?, E2eOptions> Bounds => new()
    {
        { null, P01 with { OffsetBytes = 28 } },
        { "MaxLengthBytes = 30; allowed: 31 to 65535", P01 with { OffsetBytes = 29 } },
        { "OffsetBytes = -1; allowed: 0 to 4096", P04 with { OffsetBytes = -1 } },
        { "OffsetBytes = 4097; allowed: 0 to 4096", P04 with { OffsetBytes = 4097 } },
        { null, P04 with { MaxLengthBytes = 65535 } },
        { "MaxLengthBytes = 65536; allowed: 12 to 65535", P04 with { MaxLengthBytes = 65536 } },
        { "MaxLengthBytes = 4194305; allowed: 20 to 4194304", P07 with { MaxLengthBytes = 4194305 } },
        { null, P04 with { MinLengthBytes = 4096 } },
        { "MinLengthBytes = 4097; allowed: 0 to 4096", P04 with { MinLengthBytes = 4097 } },
        { "MinLengthBytes = -1; allowed: 0 to 4096", P04 with { MinLengthBytes = -1 } },
        { "MaxDeltaCounter = 0; allowed: 1 to 14", P01 with { MaxDeltaCounter = 0 } },
        { null, P01 with { MaxDeltaCounter = 14 } },
        { "MaxDeltaCounter = 15; allowed: 1 to 14", P01 with { MaxDeltaCounter = 15 } },
        { "MaxDeltaCounter = 16; allowed: 1 to 15", P02 with { MaxDeltaCounter = 16 } },
        { "MaxDeltaCounter = 65536; allowed: 1 to 65535", P04 with { MaxDeltaCounter = 65536 } },
        { "MaxDeltaCounter = 256; allowed: 1 to 255", P05 with { MaxDeltaCounter = 256 } },
        { null, P07 with { MaxDeltaCounter = uint.MaxValue } },
        { null, P04 with { SyncCount = 255 } },
        { "SyncCount = 256; allowed: 0 to 255", P04 with { SyncCount = 256 } },
        { "SyncCount = -1; allowed: 0 to 255", P04 with { SyncCount = -1 } },
        { "FirstMessage = 2; allowed: Initial, Ok", P04 with { FirstMessage = (E2eFirstMessage)2 } },
        { "MaxNoNewOrRepeatedData = 256; allowed: 0 to 255", P01 with { MaxNoNewOrRepeatedData = 256 } },
        { "DataId = 65536; allowed: 0 to 65535", P01 with { DataId = 65536 } },
        { "DataId = 4096; allowed: 0 to 4095", P01 with { DataId = 4096, DataIdMode = P01DataIdMode.Nibble } },
        { "DataIdMode = 4; allowed: Both, Alternating, Low, Nibble", P01 with { DataIdMode = (P01DataIdMode)4 } },
        { "CrcOffsetBits = 4; allowed: multiples of 8 from 0 to 248", P01 with { CrcOffsetBits = 4 } },
        { "CounterOffsetBits = 256; allowed: multiples of 4 from 0 to 252", P01 with { CounterOffsetBits = 256 } },
        { "CounterOffsetBits = 4; allowed: a place that no other field of the header takes", P01 with { CounterOffsetBits = 4 } },
        {
            "DataIdNibbleOffsetBits = 8; allowed: a place that no other field of the header takes",
            P01 with { DataIdMode = P01DataIdMode.Nibble, DataIdNibbleOffsetBits = 8 }
        },
        { "DataIds = 0 entries; allowed: 16 entries", new P02Options() },
        { "DataIds[3] = 256; allowed: 0 to 255", P02 with { DataIds = [.. ProfileCases.Ids.Select((id, i) => i == 3 ? 256 : id)] } },
        { null, P04 with { DataId = uint.MaxValue } },
        { null, P04 with { DataId = 0xFF_FFFF, InstanceId = 255 } },
        { "DataId = 16777216; allowed: 0 to 16777215", P04 with { DataId = 0x100_0000, InstanceId = 255 } },
        { "InstanceId = 256; allowed: 1 to 255", P04 with { InstanceId = 256 } },
        { "InstanceId = 0; allowed: 1 to 255", P04 with { InstanceId = 0 } },
        { "DataId = -1; allowed: 0 to 65535", P05 with { DataId = -1 } },
        { "ByteOrder = 7; allowed: LittleEndian, BigEndian", P05 with { ByteOrder = (P05ByteOrder)7 } },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Option_AtAndBeyondABound_NamedWithItsValue(string? fault, E2eOptions options)
    {
        var faults = options.Faults();
        if (fault is null)
        {
            Assert.Empty(faults);
            return;
        }

        Assert.Equal(fault, Assert.Single(faults).ToString());
        Assert.Contains(fault, Assert.Throws<ArgumentException>(() => new E2eProtector(options)).Message, StringComparison.Ordinal);
        Assert.Contains(fault, Assert.Throws<ArgumentException>(() => new E2eChecker(options)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string?, E2eWindowOptions> WindowBounds
    {
        get
        {
            var o = new E2eWindowOptions();
            return new()
            {
                { null, o },
                { null, o with { WindowSizeValid = 64 } },
                { "WindowSizeValid = 65; allowed: 1 to 64", o with { WindowSizeValid = 65 } },
                { "WindowSizeInit = 11; allowed: 1 to 10", o with { WindowSizeInit = 11 } },
                { "WindowSizeInvalid = 11; allowed: 1 to 10", o with { WindowSizeInvalid = 11 } },
                { "MinOkInit = 0; allowed: 1 to 4", o with { MinOkInit = 0 } },
                { "MinOkInit = 5; allowed: 1 to 4", o with { MinOkInit = 5 } },
                { "MinOkValid = 0; allowed: 1 to 10", o with { MinOkValid = 0 } },
                { "MinOkInvalid = 11; allowed: 1 to 10", o with { MinOkInvalid = 11 } },
                { "MaxErrorInit = 5; allowed: 0 to 4", o with { MaxErrorInit = 5 } },
                { "MaxErrorValid = -1; allowed: 0 to 10", o with { MaxErrorValid = -1, MaxErrorInvalid = 0 } },
                { "MaxErrorInvalid = 3; allowed: 0 to 2", o with { MaxErrorInvalid = 3 } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(WindowBounds))]
    public void WindowOption_AtAndBeyondABound_NamedWithItsValue(string? fault, E2eWindowOptions options)
    {
        if (fault is null)
        {
            Assert.Empty(options.Faults());
            return;
        }

        Assert.Contains(fault, options.Faults().Select(f => f.ToString()));
        Assert.Contains(fault, Assert.Throws<ArgumentException>(() => new E2eStateMachine(options)).Message, StringComparison.Ordinal);
    }
}
