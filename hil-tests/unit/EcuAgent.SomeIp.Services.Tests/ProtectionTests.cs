using System.Globalization;
using System.Net;
using System.Threading.Channels;
using EcuAgent.E2E;
using EcuAgent.SomeIp.Protection;
using EcuAgent.SomeIp.Wire;
using Xunit;

namespace EcuAgent.SomeIp.Services.Tests;

/// <summary>E2E on the messages of the SOME/IP library: bytes, order at several receivers, malformed input, allocations.</summary>
public sealed class ProtectionTests : IDisposable
{
    private const ushort Service = 0x7001;
    private const ushort Group = 1;
    private const ushort Notifier = 0x8001;

    /// <summary>An event in vsomeip's test of profile 4, sent with client and session 0; without Message ID and Length, which are not protected.</summary>
    private const string VsomeipPayload =
        "00508f800100002df32a8c890504cc460000093d000106fe013e4ccccd803fb240b13ebac4763fb37b03bd9574533d324b9dbdbcd63b3f800000fc01013c1ff5f601013c2bb1a200";

    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);
    private static readonly int SdPort = 35000 + (Environment.ProcessId % 2000);

    private readonly List<SomeIpNode> _nodes = [];

    public static TheoryData<E2eOptions> Profiles =>
    [
        new P01Options { DataId = 0x123, OffsetBytes = SomeIpE2e.OffsetBytes, MaxLengthBytes = 100 },
        new P02Options { DataIds = [.. Enumerable.Range(0, 16)], OffsetBytes = SomeIpE2e.OffsetBytes, MaxLengthBytes = 100 },
        new P04Options { DataId = 0x00018002, OffsetBytes = SomeIpE2e.OffsetBytes },
        new P05Options { DataId = 0x1234, OffsetBytes = SomeIpE2e.OffsetBytes },
        new P07Options { DataId = 0x00018002, OffsetBytes = SomeIpE2e.OffsetBytes },
    ];

    public void Dispose()
    {
        foreach (var node in _nodes)
        {
            node.Dispose();
        }
    }

    [Fact]
    public void VsomeipEvent_IsMadeAndTakenByteForByte()
    {
        var options = new P04Options { DataId = 0x2D, InstanceId = 1, OffsetBytes = SomeIpE2e.OffsetBytes, FirstMessage = E2eFirstMessage.Ok };
        var expected = Convert.FromHexString(VsomeipPayload);
        var header = SomeIpHeader.For(0xD025, 0x8001, expected.Length, 0, 0, 1, SomeIpMessageType.Notification);
        Assert.Equal(0x50u, header.Length);
        var message = new byte[SomeIpHeader.Size + expected.Length];
        header.Write(message);
        expected.AsSpan(12).CopyTo(message.AsSpan(SomeIpHeader.Size + 12));
        var protection = new E2eProtection(options, 0x8F80);
        Assert.Equal(12, protection.HeaderBytes);
        Assert.True(protection.TryProtect(message));
        Assert.Equal(expected, message[SomeIpHeader.Size..]);
        Assert.Equal(E2eCheckStatus.Ok, new E2eReception(options).Receive(header, expected, out var data).Check);
        Assert.Equal(expected[12..], data.ToArray());
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Field_SubscribersComeOneAfterTheOther_EachHasAnUnbrokenSequence(E2eOptions options)
    {
        var server = Start(1);
        var service = server.CreateService(Describe(new E2eProtection(options)));
        var field = service.AddField([0], notifierId: Notifier);
        service.Start();
        var listeners = new List<Listener>();
        for (byte i = 1; i <= 6; i++)
        {
            // More of them at once than the counter may step: each must leave the counter of the others alone.
            var listener = new Listener(Start((byte)(1 + i)), options);
            await listener.SubscribeAsync();
            listeners.Add(listener);
            Assert.Equal((E2eCheckStatus.Initial, i == 1 ? (byte)0 : (byte)(10 + i - 1)), await listener.NextAsync());
            Assert.Equal(SomeIpSendOutcome.Sent, field.Set([(byte)(10 + i)]));
            foreach (var each in listeners)
            {
                Assert.Equal((E2eCheckStatus.Ok, (byte)(10 + i)), await each.NextAsync());
                Assert.Equal(E2eState.Valid, each.Reception.State);
            }
        }

        // One who was away while the counter went on starts anew by itself.
        var first = await AwayAsync();
        while (first is null)
        {
            first = await AwayAsync();
        }

        Assert.Equal((E2eCheckStatus.Initial, (byte)39), first);
        field.Set([50]);
        Assert.Equal((E2eCheckStatus.Ok, (byte)50), await listeners[0].NextAsync());
        Assert.Equal((E2eCheckStatus.Ok, (byte)50), await listeners[1].NextAsync());

        // Null where a message from before the end was read only after the new beginning, and counted as its first.
        async Task<(E2eCheckStatus Check, byte Value)?> AwayAsync()
        {
            listeners[0].Unsubscribe();
            long sent;
            do
            {
                sent = server.Counters.MessagesSent;
                field.Set([20]);
                Assert.Equal((E2eCheckStatus.Ok, (byte)20), await listeners[1].NextAsync());
            }
            while (server.Counters.MessagesSent - sent > listeners.Count - 1);
            for (byte i = 30; i < 40; i++)
            {
                field.Set([i]);
                Assert.Equal((E2eCheckStatus.Ok, i), await listeners[1].NextAsync());
            }

            await listeners[0].SubscribeAsync();
            var isLate = false;
            var next = await listeners[0].NextAsync();
            while (next.Value == 20)
            {
                isLate |= next.Check == E2eCheckStatus.Initial;
                next = await listeners[0].NextAsync();
            }

            return isLate ? null : next;
        }
    }

    [Fact]
    public async Task Server_StartsAnew_ReceiverTakesItsFirstCounterByItself()
    {
        var options = new P04Options { DataId = 1, OffsetBytes = SomeIpE2e.OffsetBytes };
        var server = Start(1);
        var service = server.CreateService(Describe(new E2eProtection(options, 1000)));
        var field = service.AddField([1], notifierId: Notifier);
        service.Start();
        var listener = new Listener(Start(2), options);
        await listener.SubscribeAsync();
        Assert.Equal((E2eCheckStatus.Initial, (byte)1), await listener.NextAsync());
        field.Set([2]);
        Assert.Equal((E2eCheckStatus.Ok, (byte)2), await listener.NextAsync());
        server.Dispose();
        _nodes.Remove(server);
        service = Start(1).CreateService(Describe(new E2eProtection(options)));
        field = service.AddField([7], notifierId: Notifier);
        service.Start();

        Assert.Equal((E2eCheckStatus.Initial, (byte)7), await listener.NextAsync());
        field.Set([8]);
        Assert.Equal((E2eCheckStatus.Ok, (byte)8), await listener.NextAsync());
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Reception_Mutations_AreNeverTakenAndNeverThrow(E2eOptions options)
    {
        var random = new Random(4711);
        var small = options.Profile is E2eProfile.P01 or E2eProfile.P02;
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            // A receiver in its best state and the message that it waits for.
            var protection = new E2eProtection(options, (uint)i);
            var reception = new E2eReception(options);
            for (var k = 0; k < 3; k++)
            {
                var (goodHeader, goodPayload) = Message(protection, random, 16);
                reception.Receive(goodHeader, goodPayload, out _);
            }

            var (header, payload) = Message(protection, random, random.Next(0, 40));
            var (badHeader, bad) = Mutate(header, payload, random);
            var verdict = reception.Receive(badHeader, bad, out var data);
            Assert.Equal(Math.Max(bad.Length - options.HeaderBytes, 0), data.Length);
            if (!verdict.Check.IsOk())
            {
                continue;
            }

            // Bits outside of the protection may differ; for all others a checksum of 8 bits lets one in 256 through at most.
            taken += badHeader with { ServiceId = 0, MethodId = 0, Length = 0 } == header with { ServiceId = 0, MethodId = 0, Length = 0 } && bad.AsSpan().SequenceEqual(payload) ? 0 : 1;
        }

        Assert.InRange(taken, 0, small ? 20_000 / 100 : options.Profile == E2eProfile.P05 ? 3 : 0);
    }

    [Fact]
    public void Reception_MessageLongerThanAllowed_IsRefusedAndNotKept()
    {
        var options = new P04Options { OffsetBytes = SomeIpE2e.OffsetBytes, MaxLengthBytes = 64 };
        var reception = new E2eReception(options);
        var huge = new byte[1 << 20];
        var header = SomeIpHeader.For(Service, Notifier, huge.Length, 0, 1, 1, SomeIpMessageType.Notification);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(E2eCheckStatus.WrongLength, reception.Receive(header, huge, out _).Check);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
        Assert.Equal(E2eCheckStatus.WrongLength, reception.Receive(header, [], out var data).Check);
        Assert.True(data.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void ProtectAndReceive_AllocateNothing(E2eOptions options)
    {
        var protection = new E2eProtection(options);
        var reception = new E2eReception(options);
        var message = new byte[SomeIpHeader.Size + 60];
        var header = SomeIpHeader.For(Service, Notifier, 60, 0, 1, 1, SomeIpMessageType.Notification);
        header.Write(message);
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            for (var i = 0; i < 1000; i++)
            {
                protection.TryProtect(message);
                reception.Receive(header, message.AsSpan(SomeIpHeader.Size), out _);
            }
        }
    }

    [Fact]
    public void Options_ThatDoNotFitSomeIp_AreNamed()
    {
        Assert.Contains("OffsetBytes = 0; allowed: 8", Assert.Throws<ArgumentException>(static () => new E2eProtection(new P04Options())).Message, StringComparison.Ordinal);
        Assert.Contains("OffsetBytes = 0; allowed: 8", Assert.Throws<ArgumentException>(static () => new E2eReception(new P04Options())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(static () => new E2eBinding { Profile = E2eBindingProfile.P05, DataId = 0x10000 }.ToOptions());
        Assert.Throws<ArgumentOutOfRangeException>(static () => new E2eBinding { Profile = (E2eBindingProfile)9, DataId = 1 }.ToOptions());
    }

    [Fact]
    public void Binding_GivesItsOptions()
    {
        var binding = new E2eBinding { Profile = E2eBindingProfile.P05, DataId = 0x1234, MaxDeltaCounter = 9, SyncCount = 2 };
        Assert.Equal(new P05Options { DataId = 0x1234, OffsetBytes = 8, MaxDeltaCounter = 9, SyncCount = 2 }, binding.ToOptions());
        Assert.IsType<P07Options>((binding with { Profile = E2eBindingProfile.P07 }).ToOptions());
        Assert.IsType<P04Options>((binding with { Profile = E2eBindingProfile.P04 }).ToOptions());
    }

    private static SomeIpServiceDescription Describe(E2eProtection protection) => new()
    {
        ServiceId = Service,
        InstanceId = 1,
        UdpPort = 0,
        Events = [new SomeIpEventDescription(Notifier) { Protection = protection }],
        Eventgroups = [new SomeIpEventgroupDescription(Group, Notifier)],
    };

    private static (SomeIpHeader Header, byte[] Payload) Message(E2eProtection protection, Random random, int bytes)
    {
        var message = new byte[SomeIpHeader.Size + protection.HeaderBytes + bytes];
        random.NextBytes(message.AsSpan(SomeIpHeader.Size + protection.HeaderBytes));
        var header = SomeIpHeader.For(Service, Notifier, protection.HeaderBytes + bytes, 0, (ushort)random.Next(1, 0x10000), 1, SomeIpMessageType.Notification);
        header.Write(message);
        Assert.True(protection.TryProtect(message));
        return (header, message[SomeIpHeader.Size..]);
    }

    private static (SomeIpHeader Header, byte[] Payload) Mutate(SomeIpHeader header, byte[] payload, Random random)
    {
        var copy = new List<byte>(payload);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(copy.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < copy.Count:
                    copy[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < copy.Count:
                    copy.RemoveRange(at, random.Next(1, copy.Count - at + 1));
                    break;
                case 2:
                    copy.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    header = header with { SessionId = (ushort)(header.SessionId ^ (1 << random.Next(16))) };
                    break;
                default:
                    header = header with { MessageType = (SomeIpMessageType)random.Next(256), ServiceId = (ushort)random.Next(0x10000) };
                    break;
            }
        }

        return (header, [.. copy]);
    }

    private SomeIpNode Start(byte host)
    {
        var node = SomeIpNode.Start(new SomeIpNodeOptions { LocalAddress = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.3.{host}")), SdPort = SdPort });
        _nodes.Add(node);
        return node;
    }

    /// <summary>A client with the check in its handler.</summary>
    private sealed class Listener
    {
        private readonly Channel<(E2eCheckStatus Check, byte Value)> _received = Channel.CreateUnbounded<(E2eCheckStatus Check, byte Value)>();
        private readonly SomeIpProxy _proxy;
        private SomeIpSubscription? _subscription;

        internal Listener(SomeIpNode node, E2eOptions options)
        {
            Reception = new E2eReception(options);
            _proxy = node.CreateProxy(new SomeIpProxyOptions { ServiceId = Service });
            _proxy.OnEvent(Notifier, (in SomeIpEvent e) =>
            {
                var verdict = Reception.Receive(e, out var data);
                _received.Writer.TryWrite((verdict.Check, data[0]));
            });
        }

        internal E2eReception Reception { get; }

        internal async Task SubscribeAsync()
        {
            await _proxy.WaitUntilAvailableAsync(Watchdog);
            _subscription = _proxy.Subscribe(Group);
            await _subscription.WaitUntilSubscribedAsync(Watchdog);
        }

        internal void Unsubscribe() => _subscription!.Dispose();

        /// <summary>Without what is repeated: after a late acknowledgement a client asks for the value once more.</summary>
        internal async Task<(E2eCheckStatus Check, byte Value)> NextAsync()
        {
            while (true)
            {
                var next = await _received.Reader.ReadAsync().AsTask().WaitAsync(Watchdog);
                if (next.Check != E2eCheckStatus.Repeated)
                {
                    return next;
                }
            }
        }
    }
}
