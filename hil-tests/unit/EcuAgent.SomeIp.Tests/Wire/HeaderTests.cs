using CsCheck;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Wire;

public sealed class HeaderTests
{
    [Fact]
    public void Write_KnownRequest_GivesTheBytesOfTheSpecification()
    {
        var bytes = new byte[16];
        SomeIpHeader.For(0x1234, 0x0421, 4, 0x1343, 0x0001, 3, SomeIpMessageType.Request).Write(bytes);
        Assert.Equal("123404210000000C1343000101030000", Convert.ToHexString(bytes));
    }

    [Fact]
    public void ReadAndWrite_AnyBytes_AreTheSame() => Gen.Byte.Array[16].Sample(bytes =>
    {
        Assert.True(SomeIpHeader.TryRead(bytes, out var header));
        var written = new byte[16];
        header.Write(written);
        return written.AsSpan().SequenceEqual(bytes);
    });

    [Fact]
    public void DatagramReader_SeveralMessages_GivesEachWithItsPayload() => Gen.Byte.Array[0, 40].Array[1, 6].Sample(payloads =>
    {
        var reader = new SomeIpDatagramReader(Messages.Join(payloads));
        foreach (var expected in payloads)
        {
            Assert.True(reader.TryRead(out _, out var payload, out _));
            Assert.Equal(expected, payload.ToArray());
        }

        return !reader.TryRead(out _, out _, out var fault) && fault == SomeIpFault.None;
    });

    [Theory]
    [InlineData(7, SomeIpFault.LengthTooSmall)]
    [InlineData(0, SomeIpFault.LengthTooSmall)]
    [InlineData(13, SomeIpFault.LengthBeyondDatagram)]
    [InlineData(0x7FFFFFFF, SomeIpFault.LengthBeyondDatagram)]
    [InlineData(0xFFFFFFFF, SomeIpFault.LengthBeyondDatagram)]
    public void DatagramReader_FalseLength_StopsWithItsReason(uint length, SomeIpFault expected)
    {
        var bytes = Messages.Join([1, 2, 3, 4]);
        (SomeIpHeader.For(1, 2, 0, 0, 1, 1, SomeIpMessageType.Request) with { Length = length }).Write(bytes);
        var reader = new SomeIpDatagramReader(bytes);
        Assert.False(reader.TryRead(out _, out _, out var fault));
        Assert.Equal(expected, fault);
        Assert.False(reader.TryRead(out _, out _, out fault));
        Assert.Equal(SomeIpFault.None, fault);
    }

    [Fact]
    public void DatagramReader_BytesBehindTheLastMessage_KeepsTheMessageAndSaysTruncated()
    {
        var reader = new SomeIpDatagramReader([.. Messages.Join([1]), 9, 9, 9]);
        Assert.True(reader.TryRead(out _, out _, out _));
        Assert.False(reader.TryRead(out _, out _, out var fault));
        Assert.Equal(SomeIpFault.HeaderTruncated, fault);
    }
}
