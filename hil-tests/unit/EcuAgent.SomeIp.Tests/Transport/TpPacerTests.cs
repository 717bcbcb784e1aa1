using System.Net;
using EcuAgent.SomeIp.Tests.Wire;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Transport;

/// <summary>The queue of messages whose TP segments are paced, without sockets and with a clock of the test's own.</summary>
public sealed class TpPacerTests : IDisposable
{
    private static readonly TimeSpan Separation = TimeSpan.FromMilliseconds(5);

    private readonly ManualTime _time = new();
    private readonly SomeIpCounters _counters = new();
    private readonly List<(EndpointKey To, byte[] Datagram)> _sent = [];
    private readonly List<TpPacer> _pacers = [];
    private bool _socketTakes = true;

    public void Dispose()
    {
        foreach (var pacer in _pacers)
        {
            pacer.Dispose();
        }
    }

    [Fact]
    public void Message_LeavesInBurstsWithTheSeparationBetween()
    {
        var pacer = Start(burst: 3);
        var payload = Payload(10 * TpHeader.MaxSegment);
        Assert.True(pacer.TryAdd(Address(1), Header(1, payload), payload));
        foreach (var expected in (int[])[3, 6, 9, 10])
        {
            Assert.Equal(expected, _sent.Count);
            Assert.Equal(Separation, _time.Due);
            _time.Fire();
        }

        Assert.Equal(Messages.Segments(Header(1, payload), payload), _sent.Select(static sent => sent.Datagram));

        // The time after the last burst has passed too, so the next message need not wait.
        Assert.Null(_time.Due);
        pacer.TryAdd(Address(1), Header(2, payload), payload);
        Assert.Equal(13, _sent.Count);
    }

    [Fact]
    public void Message_WithinTheTimeAfterABurst_Waits()
    {
        var pacer = Start(burst: 4);
        var payload = Payload(2000);
        pacer.TryAdd(Address(1), Header(1, payload), payload);
        Assert.Equal(2, _sent.Count);
        pacer.TryAdd(Address(2), Header(2, payload), payload);
        pacer.TryAdd(Address(3), Header(3, payload), payload);
        pacer.TryAdd(Address(4), Header(4, payload), payload);
        Assert.Equal(2, _sent.Count);
        _time.Fire();

        // One burst may have segments of several messages.
        Assert.Equal([1, 1, 2, 2, 3, 3], _sent.Select(static sent => (int)sent.To.Low));
        _time.Fire();
        Assert.Equal(8, _sent.Count);
    }

    [Fact]
    public void ShortMessage_BehindALongOne_DoesNotOvertakeIt()
    {
        var pacer = Start(burst: 1);
        var payload = Payload(3000);
        pacer.TryAdd(Address(1), Header(1, payload), payload);
        pacer.TryAdd(Address(1), Header(2, [7]), [7]);
        while (_time.Due is not null)
        {
            _time.Fire();
        }

        Assert.Equal(4, _sent.Count);
        Assert.Equal(Messages.One(Header(2, [7]), [7]), _sent[^1].Datagram);
    }

    [Fact]
    public void Queue_Full_DropsTheNewOneCountedAndTakesAgainWhenThereIsRoom()
    {
        var pacer = Start(burst: 1, messages: 2, bytes: 10_000);
        var payload = Payload(3000);
        Assert.True(pacer.TryAdd(Address(1), Header(1, payload), payload));
        Assert.True(pacer.TryAdd(Address(1), Header(2, payload), payload));
        Assert.False(pacer.TryAdd(Address(1), Header(3, [1]), [1]));
        Assert.Equal(1, _counters[SomeIpFault.TpQueueFull]);
        _time.Fire();
        _time.Fire();
        Assert.False(pacer.TryAdd(Address(1), Header(3, payload), Payload(7001)));
        Assert.True(pacer.TryAdd(Address(1), Header(4, payload), Payload(7000)));
        Assert.Equal(2, _counters[SomeIpFault.TpQueueFull]);
    }

    [Fact]
    public void Socket_Refuses_TheRestOfThatMessageIsDroppedAndTheNextOneGoes()
    {
        var pacer = Start(burst: 1);
        var payload = Payload(3000);
        pacer.TryAdd(Address(1), Header(1, payload), payload);
        pacer.TryAdd(Address(2), Header(2, payload), payload);
        _socketTakes = false;
        _time.Fire();
        _socketTakes = true;
        while (_time.Due is not null)
        {
            _time.Fire();
        }

        Assert.Equal([1, 2, 2, 2], _sent.Select(static sent => (int)sent.To.Low));
    }

    [Fact]
    public void Address_ChangedByItsOwnerAfterwards_IsThatOfTheMessageAllTheSame()
    {
        var pacer = Start(burst: 1);
        var payload = Payload(3000);
        var address = Address(1);
        pacer.TryAdd(address, Header(1, payload), payload);
        Address(9).Buffer.CopyTo(address.Buffer);
        _time.Fire();
        Assert.Equal([1, 1], _sent.Select(static sent => (int)sent.To.Low));
    }

    [Fact]
    public void Dispose_WithMessagesWaiting_CountsThemAndSendsNothingMore()
    {
        var pacer = Start(burst: 1);
        var payload = Payload(3000);
        pacer.TryAdd(Address(1), Header(1, payload), payload);
        pacer.TryAdd(Address(1), Header(2, payload), payload);
        pacer.Dispose();
        Assert.Equal(2, _counters[SomeIpFault.SendFailed]);
        Assert.False(pacer.TryAdd(Address(1), Header(3, payload), payload));
        Assert.Single(_sent);
        Assert.Null(_time.Due);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomTraffic_WhatWasTakenArrivesWholeAndInOrder(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            _sent.Clear();
            var burst = random.Next(1, 9);
            var pacer = Start(burst, random.Next(1, 9), 20_000);
            var taken = new List<(EndpointKey To, ushort Session, byte[] Payload)>();
            for (ushort session = 1; session <= 60; session++)
            {
                var before = _sent.Count;
                if (_time.Due is not null && random.Next(2) == 0)
                {
                    _time.Fire();
                }
                else
                {
                    var (to, payload) = (Address((byte)random.Next(1, 4)), Payload(random.Next(4) == 0 ? random.Next(0, 50) : random.Next(0, 9000)));
                    if (pacer.TryAdd(to, Header(session, payload), payload))
                    {
                        taken.Add((EndpointKey.From(to), session, payload));
                    }
                }

                Assert.InRange(_sent.Count - before, 0, burst);
            }

            while (_time.Due is not null)
            {
                _time.Fire();
            }

            Assert.Equal(taken.Select(static x => (x.To, x.Session, Convert.ToHexString(x.Payload))), Reassembled());
        }
    }

    [Fact]
    public void Steady_AllocatesNothing()
    {
        var time = new ManualTime();
        using var pacer = new TpPacer(new TpPacing { SeparationTime = Separation }, _counters, time, static (_, _) => true);
        var (payload, address) = (Payload(4000), Address(1));
        var header = Header(1, payload);
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            for (var i = 0; i < 1000; i++)
            {
                pacer.TryAdd(address, header, payload);
                for (var k = 0; k < 3; k++)
                {
                    time.Fire();
                }
            }
        }
    }

    private static SocketAddress Address(byte host) => new IPEndPoint(new IPAddress([0, 0, 0, host]), 30509).Serialize();

    private static SomeIpHeader Header(ushort session, byte[] payload) =>
        SomeIpHeader.For(0x1234, 0x8001, payload.Length, 0, session, 1, SomeIpMessageType.Notification);

    private static byte[] Payload(int size)
    {
        var payload = new byte[size];
        Random.Shared.NextBytes(payload);
        return payload;
    }

    private TpPacer Start(int burst, int messages = 10, int bytes = 100_000)
    {
        var pacer = new TpPacer(
            new TpPacing { SeparationTime = Separation, BurstSegments = burst, QueueMessages = messages, QueueBytes = bytes },
            _counters,
            _time,
            (to, datagram) =>
            {
                if (_socketTakes)
                {
                    _sent.Add((EndpointKey.From(to), datagram.ToArray()));
                }

                return _socketTakes;
            });
        _pacers.Add(pacer);
        return pacer;
    }

    private List<(EndpointKey To, ushort Session, string Payload)> Reassembled()
    {
        using var reassembler = new TpReassembler(new TpLimits(), _counters);
        var whole = new List<(EndpointKey, ushort, string)>();
        foreach (var (to, datagram) in _sent)
        {
            var reader = new SomeIpDatagramReader(datagram);
            Assert.True(reader.TryRead(out var header, out var body, out _));
            if (!header.MessageType.IsTp())
            {
                whole.Add((to, header.SessionId, Convert.ToHexString(body)));
            }
            else if (reassembler.TryAdd(to, header, body, default, out var message, out var payload))
            {
                whole.Add((to, message.SessionId, Convert.ToHexString(payload)));
            }
        }

        return whole;
    }
}
