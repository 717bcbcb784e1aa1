using CsCheck;
using Xunit;

namespace EcuAgent.E2E.Tests;

public sealed class ProtectionTests
{
    public static TheoryData<E2eOptions> Cases => ProfileCases.Theory;

    [Fact]
    public void AnyOptions_ProtectThenCheck_OkAndOnlyTheHeaderWritten() => ProfileCases.Any.Sample(
        c =>
        {
            var protector = new E2eProtector(c.Options, c.Counter);
            var checker = new E2eChecker(c.Options);
            var before = c.Message.ToArray();
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(E2eProtectStatus.Protected, protector.Protect(c.Message));
                Assert.Equal(i == 0 ? E2eCheckStatus.Initial : E2eCheckStatus.Ok, checker.Check(c.Message));
            }

            Assert.Equal((uint)((c.Counter + 5UL) % c.Options.CounterValues), protector.Counter);
            var end = c.Options.OffsetBytes + c.Options.HeaderBytes;
            Assert.True(before.AsSpan(0, c.Options.OffsetBytes).SequenceEqual(c.Message.AsSpan(0, c.Options.OffsetBytes)));
            Assert.True(before.AsSpan(end).SequenceEqual(c.Message.AsSpan(end)));
        },
        iter: 3000,
        threads: 1);

    [Theory]
    [MemberData(nameof(Cases))]
    public void EverySingleBitFlip_Checked_NotOk(E2eOptions options)
    {
        options = options with { OffsetBytes = 3, FirstMessage = E2eFirstMessage.Ok };
        foreach (var counter in new uint[] { 0, 1, 9 })
        {
            var message = ProfileCases.Message(options);
            message.AsSpan().Fill(0x5A);
            new E2eProtector(options, counter).Protect(message);
            var checker = new E2eChecker(options);
            Assert.Equal(E2eCheckStatus.Ok, checker.Check(message));
            for (var bit = 0; bit < message.Length * 8; bit++)
            {
                message[bit / 8] ^= (byte)(1 << (bit % 8));
                var status = checker.Check(message);
                Assert.True(status.IsError(), $"{options.Profile}, bit {bit}: {status}");
                message[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.Equal(E2eCheckStatus.Repeated, checker.Check(message));
        }
    }

    /// <summary>No length below the header's end is written to or read beyond; the bytes around the message stay as they are.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryShortLength_Refused_NothingWritten(E2eOptions options)
    {
        options = options with { OffsetBytes = 8, FirstMessage = E2eFirstMessage.Ok };
        var needed = options.OffsetBytes + options.HeaderBytes;
        var protector = new E2eProtector(options);
        for (var length = 0; length <= needed; length++)
        {
            var around = new byte[length + 64];
            around.AsSpan().Fill(0xEE);
            var status = protector.Protect(around.AsSpan(32, length));
            Assert.Equal(length < needed ? E2eProtectStatus.TooShort : E2eProtectStatus.Protected, status);
            Assert.Equal(length < needed ? 0u : 1u, protector.Counter);
            Assert.Equal(
                length < needed ? E2eCheckStatus.WrongLength : E2eCheckStatus.Ok,
                new E2eChecker(options).Check(around.AsSpan(32, length)));
            Assert.DoesNotContain(around[..32].Concat(around[(32 + length)..]), b => b != 0xEE);
            Assert.True(length == needed || around.All(b => b == 0xEE));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LengthLimits_AtAndBeyond_Refused(E2eOptions options)
    {
        var shortest = options.HeaderBytes + 2;
        options = options with { MinLengthBytes = shortest, MaxLengthBytes = shortest + 1, FirstMessage = E2eFirstMessage.Ok };
        Assert.Equal(E2eProtectStatus.TooShort, new E2eProtector(options).Protect(new byte[shortest - 1]));
        Assert.Equal(E2eProtectStatus.TooLong, new E2eProtector(options).Protect(new byte[shortest + 2]));
        Assert.Equal(E2eCheckStatus.WrongLength, new E2eChecker(options).Check(new byte[shortest - 1]));
        Assert.Equal(E2eCheckStatus.WrongLength, new E2eChecker(options).Check(new byte[shortest + 2]));
        foreach (var length in new[] { shortest, shortest + 1 })
        {
            var message = new byte[length];
            Assert.Equal(E2eProtectStatus.Protected, new E2eProtector(options).Protect(message));
            Assert.Equal(E2eCheckStatus.Ok, new E2eChecker(options).Check(message));
        }
    }

    /// <summary>A message cut or lengthened on its way is never taken for good, whatever the bytes that came with it.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void OtherLengthThanSent_Checked_NotOk(E2eOptions options)
    {
        // 8 bits of CRC let one in 256 through; these lengths and bytes are fixed, so the outcome is too.
        var message = ProfileCases.Message(options, 11);
        message.AsSpan().Fill(0xC3);
        new E2eProtector(options, 6).Protect(message);
        for (var length = 0; length < message.Length; length++)
        {
            Assert.True(new E2eChecker(options).Check(message.AsSpan(0, length)).IsError(), $"{options.Profile}, {length} bytes");
        }

        Assert.True(new E2eChecker(options).Check([.. message, 0]).IsError());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WrongDataId_Checked_Error(E2eOptions options)
    {
        var message = ProfileCases.Message(options);
        new E2eProtector(options, 1).Protect(message);
        E2eOptions other = options switch
        {
            P01Options p => p with { DataId = 0xA5D ^ 0x700 },
            P02Options p => p with { DataIds = [.. p.DataIds.Select(i => i ^ 1)] },
            P04Options p => p with { DataId = p.DataId + 1 },
            P05Options p => p with { DataId = p.DataId + 1 },
            P07Options p => p with { DataId = p.DataId + 1 },
            _ => options,
        };
        var status = new E2eChecker(other).Check(message);
        Assert.Equal(options is P04Options or P07Options ? E2eCheckStatus.WrongDataId : E2eCheckStatus.CrcError, status);
    }

    /// <summary>The nibble that is sent tells ids apart that the CRC of this mode does not.</summary>
    [Fact]
    public void P01Nibble_OtherHighByte_WrongDataId()
    {
        var options = new P01Options { DataId = 0x123, DataIdMode = P01DataIdMode.Nibble };
        var message = new byte[8];
        new E2eProtector(options).Protect(message);
        Assert.Equal(E2eCheckStatus.WrongDataId, new E2eChecker(options with { DataId = 0x223 }).Check(message));
    }

    [Fact]
    public void P07_LengthOver65535_AllFourBytesWrittenAndChecked()
    {
        var options = new P07Options { FirstMessage = E2eFirstMessage.Ok };
        var message = new byte[70_000];
        Assert.Equal(E2eProtectStatus.Protected, new E2eProtector(options).Protect(message));
        Assert.Equal("00011170", Convert.ToHexStringLower(message.AsSpan(8, 4)));
        Assert.Equal(E2eCheckStatus.Ok, new E2eChecker(options).Check(message));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void RandomBytes_OfEveryLength_NeverThrow(E2eOptions options)
    {
        var receiver = new E2eReceiver(options, new E2eWindowOptions());
        Gen.Byte.Array[0, 80].Sample(data => Assert.True(Enum.IsDefined(receiver.Receive(data).Check)), iter: 500, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TenThousandMessages_ProtectedAndReceived_NoManagedBytes(E2eOptions options)
    {
        var protector = new E2eProtector(options);
        var receiver = new E2eReceiver(options, new E2eWindowOptions());
        var message = ProfileCases.Message(options, 14);
        Run(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var usable = Run(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_000, usable);

        int Run(int count)
        {
            var good = 0;
            for (var i = 0; i < count; i++)
            {
                protector.Protect(message);
                good += receiver.Receive(message).IsUsable ? 1 : 0;
            }

            return good;
        }
    }
}
