using CsCheck;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Wire;

public sealed class StreamReaderTests
{
    private const int Limit = 1000;

    [Fact]
    public void Read_MessagesCutAnywhere_GivesAllInOrder() =>
        Gen.Select(Gen.Byte.Array[0, 200].Array[1, 8], Gen.Int[1, 50], Gen.Bool).Sample((payloads, chunk, cookies) =>
        {
            var stream = payloads.SelectMany(p => (byte[])[.. cookies ? MagicCookie.OfServer : [], .. Messages.Join(p)]).ToArray();
            var (read, faults, reader) = Feed(stream, chunk);
            return faults.Count == 0 && reader.PendingBytes == 0 && read.Count == payloads.Length && read.Zip(payloads).All(static p => p.First.AsSpan().SequenceEqual(p.Second));
        });

    [Fact]
    public void Read_GarbageBetweenCookies_SkipsToTheNextCookie() =>
        Gen.Select(Gen.Byte.Array[20, 100], Gen.Int[1, 40]).Sample((garbage, chunk) =>
        {
            // Zeros first, so that the garbage has a length that cannot be.
            byte[] stream = [.. MagicCookie.OfClient, .. Messages.Join([1]), .. new byte[16], .. garbage, .. MagicCookie.OfClient, .. Messages.Join([2])];
            var (read, faults, reader) = Feed(stream, chunk);
            return !reader.IsLost && faults is [SomeIpFault.LengthTooSmall, SomeIpFault.StreamResynchronized] &&
                reader.SkippedBytes == 16 + garbage.Length && read is [[1], [2]];
        });

    [Theory]
    [InlineData(3u, SomeIpFault.LengthTooSmall)]
    [InlineData(Limit - 7u, SomeIpFault.LengthBeyondLimit)]
    [InlineData(uint.MaxValue, SomeIpFault.LengthBeyondLimit)]
    public void Read_FalseLengthWithoutCookies_IsLost(uint length, SomeIpFault expected)
    {
        var bytes = Messages.Join([1]);
        (SomeIpHeader.For(1, 2, 0, 0, 1, 1, SomeIpMessageType.Request) with { Length = length }).Write(bytes);
        var (read, faults, reader) = Feed([.. bytes, .. Messages.Join([2])], 100);
        Assert.Empty(read);
        Assert.Equal([expected], faults);
        Assert.True(reader.IsLost);
    }

    [Fact]
    public void Read_LargestMessage_IsTaken()
    {
        var payload = new byte[Limit - SomeIpHeader.Size];
        var (read, faults, _) = Feed(Messages.Join(payload), 64);
        Assert.Empty(faults);
        Assert.Equal([payload], read);
    }

    private static (List<byte[]> Read, List<SomeIpFault> Faults, SomeIpStreamReader Reader) Feed(byte[] stream, int chunk)
    {
        var reader = new SomeIpStreamReader(Limit);
        var read = new List<byte[]>();
        var faults = new List<SomeIpFault>();
        for (var at = 0; at < stream.Length && !reader.IsLost;)
        {
            var free = reader.FreeSpace;
            var size = Math.Min(Math.Min(chunk, free.Length), stream.Length - at);
            Assert.NotEqual(0, size);
            stream.AsSpan(at, size).CopyTo(free);
            reader.Advance(size);
            at += size;
            while (true)
            {
                if (reader.TryRead(out _, out var payload, out var fault))
                {
                    read.Add(payload.ToArray());
                }
                else if (fault != SomeIpFault.None)
                {
                    faults.Add(fault);
                }
                else
                {
                    break;
                }
            }
        }

        return (read, faults, reader);
    }
}
