using CsCheck;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Wire;

public sealed class TpTests
{
    private static readonly EndpointKey Source = new(0, 0x7F000001, 30509);
    private static readonly TpLimits Limits = new() { MaxMessages = 2, MaxMessageBytes = 8192, MaxTotalBytes = 16384, Timeout = TimeSpan.FromSeconds(1), MaxPieces = 4 };

    private readonly SomeIpCounters _counters = new();

    [Fact]
    public void Segmenter_AnyPayload_KeepsTheRulesOfTheSpecification() => Gen.Select(Gen.Int[1, 6000], Gen.Int[16, 1392]).Sample((size, max) =>
    {
        var payload = new byte[size];
        Random.Shared.NextBytes(payload);
        var segments = Segments(payload, session: 7, max);
        var joined = new List<byte>();
        var first = segments[0].Body.Length;
        foreach (var (header, body) in segments)
        {
            Assert.True(TpHeader.TryRead(body, out var tp));
            Assert.Equal((uint)joined.Count, tp.Offset);
            Assert.Equal((uint)(8 + body.Length), header.Length);
            Assert.Equal(SomeIpMessageType.Request | SomeIpMessageType.TpFlag, header.MessageType);
            Assert.Equal(joined.Count + body.Length - 4 < size, tp.MoreSegments);
            Assert.True(!tp.MoreSegments || (body.Length == first && (body.Length - 4) % 16 == 0));
            joined.AddRange(body[4..]);
        }

        return joined.SequenceEqual(payload);
    });

    [Fact]
    public void Reassembler_SegmentsShuffledAndRepeated_GivesTheMessageOnce() =>
        Gen.Select(Gen.Int[100, 4000], Gen.Int[1, 40], Gen.Int).Sample((size, sixteens, seed) =>
        {
            var random = new Random(seed);
            var payload = new byte[size];
            random.NextBytes(payload);
            var counters = new SomeIpCounters();
            using var reassembler = new TpReassembler(Limits with { MaxPieces = 64 }, counters);
            var segments = Segments(payload, session: 7, sixteens * 16).Take(64).ToArray();
            if (segments.Length * sixteens * 16 < size)
            {
                return true;
            }

            var order = segments.Concat(segments.Take(segments.Length / 2)).ToArray();
            random.Shuffle(order);
            var whole = new List<byte[]>();
            foreach (var (header, body) in order)
            {
                if (reassembler.TryAdd(Source, header, body, default, out var message, out var result))
                {
                    Assert.Equal((uint)(8 + size), message.Length);
                    Assert.Equal(SomeIpMessageType.Request, message.MessageType);
                    whole.Add(result.ToArray());
                }
            }

            // Copies behind the completion begin a message that never ends.
            return whole.Count == 1 && whole[0].AsSpan().SequenceEqual(payload) && counters[SomeIpFault.TpTooManyGaps] == 0;
        });

    [Fact]
    public void Reassembler_Overlap_KeepsTheFirstContent()
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        Assert.False(Add(reassembler, 16, more: true, Filled(32, 1), out _));
        Assert.False(Add(reassembler, 0, more: true, Filled(32, 2), out _));
        Assert.True(Add(reassembler, 32, more: false, Filled(20, 3), out var payload));
        Assert.Equal([.. Filled(16, 2), .. Filled(32, 1), .. Filled(4, 3)], payload);
        Assert.Equal(2, _counters[SomeIpFault.TpOverlap]);
    }

    [Fact]
    public void Reassembler_SameSegmentTwice_CountsADuplicateAndGoesOn()
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        Add(reassembler, 0, more: true, Filled(16, 1), out _);
        Add(reassembler, 0, more: true, Filled(16, 9), out _);
        Assert.True(Add(reassembler, 16, more: false, Filled(1, 2), out var payload));
        Assert.Equal([.. Filled(16, 1), 2], payload);
        Assert.Equal(1, _counters[SomeIpFault.TpDuplicate]);
    }

    [Theory]
    [InlineData(0, true, 15, SomeIpFault.TpSegmentUnaligned)]
    [InlineData(0, true, 0, SomeIpFault.TpSegmentEmpty)]
    [InlineData(8192, false, 1, SomeIpFault.TpMessageTooLarge)]
    [InlineData(0xFFFFFFF0, false, 16, SomeIpFault.TpMessageTooLarge)]
    public void Reassembler_BadSegment_GivesTheMessageUp(uint offset, bool more, int size, SomeIpFault expected)
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        Add(reassembler, 16, more: true, Filled(16, 1), out _);
        Assert.Equal(1, reassembler.MessagesInWork);
        Assert.False(Add(reassembler, offset, more, Filled(size, 1), out _));
        Assert.Equal(1, _counters[expected]);
        Assert.Equal(0, reassembler.MessagesInWork);
        Assert.Equal(0, reassembler.BytesInUse);
    }

    [Fact]
    public void Reassembler_TwoEnds_GivesTheMessageUp()
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        Add(reassembler, 64, more: false, Filled(5, 1), out _);
        Add(reassembler, 80, more: true, Filled(16, 1), out _);
        Assert.Equal(1, _counters[SomeIpFault.TpEndConflict]);
        Add(reassembler, 64, more: true, Filled(16, 1), out _);
        Add(reassembler, 32, more: false, Filled(5, 1), out _);
        Assert.Equal(2, _counters[SomeIpFault.TpEndConflict]);
        Assert.Equal(0, reassembler.MessagesInWork);
    }

    [Fact]
    public void Reassembler_NextSession_SupersedesTheOneInWork()
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        Add(reassembler, 0, more: true, Filled(16, 1), out _, session: 1);
        Add(reassembler, 0, more: true, Filled(16, 2), out _, session: 2);
        Assert.True(Add(reassembler, 16, more: false, Filled(1, 2), out var payload, session: 2));
        Assert.Equal(Filled(17, 2), payload);
        Assert.Equal(1, _counters[SomeIpFault.TpSuperseded]);
    }

    [Fact]
    public void Reassembler_SegmentMissingTooLong_TimesOut()
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        Add(reassembler, 0, more: true, Filled(16, 1), out _);
        Assert.False(Add(reassembler, 16, more: false, Filled(1, 1), out _, now: TimeSpan.FromSeconds(1.1)));
        Assert.Equal(1, _counters[SomeIpFault.TpTimedOut]);
    }

    [Fact]
    public void Reassembler_MoreMessagesThanBuffers_RefusesTheNewestUntilOneTimesOut()
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        for (ushort client = 1; client <= 3; client++)
        {
            Add(reassembler, 0, more: true, Filled(16, 1), out _, client: client);
        }

        Assert.Equal(2, reassembler.MessagesInWork);
        Assert.Equal(1, _counters[SomeIpFault.TpBuffersFull]);
        Add(reassembler, 0, more: true, Filled(16, 1), out _, client: 4, now: TimeSpan.FromSeconds(2));
        Assert.Equal(1, reassembler.MessagesInWork);
        Assert.Equal(2, _counters[SomeIpFault.TpTimedOut]);
    }

    [Fact]
    public void Reassembler_MoreMemoryThanAllowed_GivesTheNewestUp()
    {
        using var reassembler = new TpReassembler(Limits with { MaxTotalBytes = 4096 }, _counters);
        Add(reassembler, 0, more: true, Filled(1024, 1), out _, client: 1);
        Add(reassembler, 7168, more: true, Filled(16, 1), out _, client: 2);
        Assert.Equal(1, _counters[SomeIpFault.TpMemoryFull]);
        Assert.Equal(1, reassembler.MessagesInWork);
        Assert.InRange(reassembler.BytesInUse, 1, 4096);
    }

    [Fact]
    public void Reassembler_MoreGapsThanTracked_GivesTheMessageUp()
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        for (var i = 0; i < 5; i++)
        {
            Add(reassembler, (uint)(i * 32), more: true, Filled(16, 1), out _);
        }

        Assert.Equal(1, _counters[SomeIpFault.TpTooManyGaps]);
        Assert.Equal(0, reassembler.MessagesInWork);
    }

    [Fact]
    public void Reassembler_ManyMessages_AllocatesNothing()
    {
        using var reassembler = new TpReassembler(Limits, _counters);
        var segments = Segments(new byte[5000], session: 3, 1392);
        for (var i = 0; i < 100; i++)
        {
            Pass();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Pass();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Pass()
        {
            foreach (var (header, body) in segments)
            {
                reassembler.TryAdd(Source, header, body, default, out _, out _);
            }
        }
    }

    private static bool Add(
        TpReassembler reassembler, uint offset, bool more, byte[] data, out byte[] payload, ushort session = 1, ushort client = 1, TimeSpan now = default)
    {
        var body = new byte[4 + data.Length];
        new TpHeader(offset, more).Write(body);
        data.CopyTo(body.AsSpan(4));
        var header = SomeIpHeader.For(0x1234, 0x8001, body.Length, client, session, 1, SomeIpMessageType.Notification.WithTp());
        var complete = reassembler.TryAdd(Source, header, body, now, out _, out var whole);
        payload = whole.ToArray();
        return complete;
    }

    private static byte[] Filled(int size, byte value) => [.. Enumerable.Repeat(value, size)];

    private static List<(SomeIpHeader Header, byte[] Body)> Segments(byte[] payload, ushort session, int max)
    {
        var segments = new List<(SomeIpHeader, byte[])>();
        var whole = SomeIpHeader.For(0x1234, 0x0421, payload.Length, 1, session, 1, SomeIpMessageType.Request);
        foreach (var datagram in Messages.Segments(whole, payload, max))
        {
            var reader = new SomeIpDatagramReader(datagram);
            Assert.True(reader.TryRead(out var header, out var body, out _));
            segments.Add((header, body.ToArray()));
        }

        return segments;
    }
}
