using Xunit;

namespace EcuAgent.E2E.Tests;

/// <summary>Messages that other implementations have made.</summary>
public sealed class VectorTests
{
    // The payloads of events in vsomeip's test of profile 4, E2E header first; its service sends them with client and session 0.
    private static readonly string[] VsomeipEvents =
    [
        "00508f800100002df32a8c890504cc460000093d000106fe013e4ccccd803fb240b13ebac4763fb37b03bd9574533d324b9dbdbcd63b3f800000fc01013c1ff5f601013c2bb1a200",
        "00508f810100002ded6e788d08b7f44c0000093d000106fe013e4ccccd803fb23d833eba68ed3fb37af2bd96c1423d251a62bdae77f33f800000fc01013c1dbd4e01013c2b87ed00",
        "00508f820100002d9dbb493f0c69021c0000093d000106fe013e4ccccd803fb23c2f3eba46813fb3738dbd93cbae3cf7d258bda26ecd3f800000fc01013c1c892401013c2b244500",
        "00508f830100002d1304f881101b28ae0000093d000106fe013e4ccccd803fb23ef33eba97453fb38681bd8adac23cf6007abdb4f9b93f800000fc01013c1c1b7201013c2a9e1f00",
    ];

    private static readonly string Zeros = new('0', 16);

    public static TheoryData<string, E2eOptions, uint, string, string> Vectors
    {
        get
        {
            P01Options P01(P01DataIdMode mode) => new() { DataId = 0x123, DataIdMode = mode };
            P02Options P02(params int[] ids) => new() { DataIds = ids };
            P04Options P04(int offset) => new() { DataId = 0x0A0B0C0D, OffsetBytes = offset };
            P05Options P05(int offset) => new() { DataId = 0x1234, OffsetBytes = offset };
            var p07 = new P07Options { DataId = 0x0A0B0C0D };
            return new()
            {
                { "P01 both 0", P01(P01DataIdMode.Both), 0, Zeros, "cc00000000000000" },
                { "P01 both 1", P01(P01DataIdMode.Both), 1, Zeros, "9101000000000000" },
                { "P01 alternating 0", P01(P01DataIdMode.Alternating), 0, Zeros, "ce00000000000000" },
                { "P01 alternating 1", P01(P01DataIdMode.Alternating), 1, Zeros, "0201000000000000" },
                { "P01 low 0", P01(P01DataIdMode.Low), 0, Zeros, "ce00000000000000" },
                { "P01 low 1", P01(P01DataIdMode.Low), 1, Zeros, "9301000000000000" },
                { "P01 nibble 0", P01(P01DataIdMode.Nibble), 0, Zeros, "2a10000000000000" },
                { "P01 nibble 1", P01(P01DataIdMode.Nibble), 1, Zeros, "7711000000000000" },
                { "P02 ids 0", P02(new int[16]), 1, Zeros, "4501000000000000" },
                { "P02 ids 0 to 15", P02([.. Enumerable.Range(0, 16)]), 2, "0001020304050607", "bc02020304050607" },
                { "P02 ids 0 to 15, counter 1", P02([.. Enumerable.Range(0, 16)]), 1, "0001020304050607", "6101020304050607" },
                { "P04 0", P04(0), 0, Zeros + Zeros, "001000000a0b0c0d862b055600000000" },
                { "P04 1", P04(0), 1, Zeros + Zeros, "001000010a0b0c0da58e680700000000" },
                { "P04 offset 8", P04(8), 0, Zeros + Zeros + Zeros, "0000000000000000001800000a0b0c0d69d7502e00000000" },
                { "P04 offset 8, 1", P04(8), 1, Zeros + Zeros + Zeros, "0000000000000000001800010a0b0c0d4a723d7f00000000" },
                { "P05 0", P05(0), 0, Zeros, "1cca000000000000" },
                { "P05 1", P05(0), 1, Zeros, "cf8d010000000000" },
                { "P05 offset 8", P05(8), 0, Zeros + Zeros, "00000000000000002891000000000000" },
                { "P05 offset 8, 1", P05(8), 1, Zeros + Zeros, "0000000000000000fbd6010000000000" },
                { "P07 0", p07, 0, Zeros + Zeros + Zeros, "1fb2e737fcedbcd900000018000000000a0b0c0d00000000" },
                { "P07 1", p07, 1, Zeros + Zeros + Zeros, "7bde7268b8e9bc2700000018000000010a0b0c0d00000000" },
                {
                    "P07 offset 8, 0", p07 with { OffsetBytes = 8 }, 0, Zeros + Zeros + Zeros + Zeros,
                    "000000000000000017f7c817323865a800000020000000000a0b0c0d00000000"
                },
                {
                    "P07 offset 8, 1", p07 with { OffsetBytes = 8 }, 1, Zeros + Zeros + Zeros + Zeros,
                    "0000000000000000739b5d48763c655600000020000000010a0b0c0d00000000"
                },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vector_ProtectedAndChecked_ByteForByte(string name, E2eOptions options, uint counter, string before, string after)
    {
        var message = Convert.FromHexString(before);
        Assert.Equal(E2eProtectStatus.Protected, new E2eProtector(options, counter).Protect(message));
        Assert.True(after == Convert.ToHexStringLower(message), $"{name}: {Convert.ToHexStringLower(message)}");
        Assert.Equal(E2eCheckStatus.Ok, new E2eChecker(options with { FirstMessage = E2eFirstMessage.Ok }).Check(message));
    }

    [Fact]
    public void VsomeipEvent_WholeMessage_ChecksAndComesOutAgain()
    {
        var message = Whole(VsomeipEvents[0]);
        var options = new P04Options
        {
            DataId = 0x2D, InstanceId = 1, OffsetBytes = SomeIpE2e.OffsetBytes, FirstMessage = E2eFirstMessage.Ok,
        };
        Assert.Equal(E2eCheckStatus.Ok, new E2eChecker(options).Check(SomeIpE2e.Protected(message.AsSpan())));
        Assert.Equal(
            E2eCheckStatus.Ok, new E2eChecker(options with { DataId = 0x0100_002D, InstanceId = null }).Check(SomeIpE2e.Protected(message.AsSpan())));
        Assert.Equal(
            E2eCheckStatus.WrongDataId, new E2eChecker(options with { InstanceId = 2 }).Check(SomeIpE2e.Protected(message.AsSpan())));

        var again = message.ToArray();
        again.AsSpan(16, 12).Clear();
        Assert.Equal(E2eProtectStatus.Protected, new E2eProtector(options, 0x8F80).Protect(SomeIpE2e.Protected(again.AsSpan())));
        Assert.Equal(message, again);
    }

    [Fact]
    public void VsomeipEvents_OneAfterTheOther_InOrder()
    {
        var options = new P04Options { DataId = 0x2D, InstanceId = 1, OffsetBytes = SomeIpE2e.OffsetBytes };
        var receiver = new E2eReceiver(options, new E2eWindowOptions());
        var verdicts = VsomeipEvents.Select(payload => receiver.Receive(SomeIpE2e.Protected(Whole(payload).AsSpan()))).ToArray();
        Assert.Equal(new E2eVerdict(E2eCheckStatus.Initial, E2eState.Init), verdicts[0]);
        Assert.All(verdicts[1..], verdict => Assert.Equal(new E2eVerdict(E2eCheckStatus.Ok, E2eState.Valid), verdict));
    }

    [Fact]
    public void SomeIp_OutsideRequestId_NotProtectedButInsideIs()
    {
        var options = new P04Options { OffsetBytes = SomeIpE2e.OffsetBytes, FirstMessage = E2eFirstMessage.Ok };
        var message = new byte[40];
        new E2eProtector(options).Protect(SomeIpE2e.Protected(message.AsSpan()));
        for (var i = 0; i < message.Length; i++)
        {
            message[i] ^= 1;
            var status = new E2eChecker(options).Check(SomeIpE2e.Protected(message.AsSpan()));
            Assert.True(i < SomeIpE2e.ProtectedFromByte == (status == E2eCheckStatus.Ok), $"byte {i}: {status}");
            message[i] ^= 1;
        }

        Assert.True(SomeIpE2e.Protected(message.AsSpan(0, 15)).IsEmpty);
        Assert.Equal(E2eProtectStatus.TooShort, new E2eProtector(options).Protect(SomeIpE2e.Protected(message.AsSpan(0, 15))));
    }

    private static byte[] Whole(string payload) => Convert.FromHexString("d0258001" + "00000050" + "00000000" + "01010200" + payload);

    [Fact]
    public void P05_BigEndianDialect_SwapsTheCrcAlone()
    {
        var options = new P05Options { DataId = 0x1234, ByteOrder = P05ByteOrder.BigEndian, FirstMessage = E2eFirstMessage.Ok };
        var message = new byte[8];
        new E2eProtector(options).Protect(message);
        Assert.Equal("ca1c000000000000", Convert.ToHexStringLower(message));
        Assert.Equal(E2eCheckStatus.Ok, new E2eChecker(options).Check(message));
        Assert.Equal(E2eCheckStatus.CrcError, new E2eChecker(options with { ByteOrder = P05ByteOrder.LittleEndian }).Check(message));
    }
}
