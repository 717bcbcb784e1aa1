using CsCheck;
using EcuAgent.IdlGen.Layout;
using EcuAgent.SomeIp.TypeSupport;
using Xunit;

namespace EcuAgent.Idl.Tests.SomeIp;

/// <summary>What holds for every generated type.</summary>
public sealed class PayloadPropertyTests
{
    public static TheoryData<string> Types => [.. PayloadType.All.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void Write_AnySample_GivesTheBytesOfTheRulesAndReadsBackTheSame(string name)
    {
        var type = PayloadType.All[name];
        Gen.Int.Sample(
            seed =>
            {
                var sample = PayloadOracle.Sample(type.Idl, seed);
                var expected = PayloadOracle.Payload(type.Idl, sample, type.LengthBytes);
                var payload = Written(type, sample);
                Assert.Equal(expected, payload);

                var read = new byte[sample.Length];
                Assert.True(type.TryRead(payload, read, out var fault), fault.ToString());
                Assert.Equal(expected, PayloadOracle.Payload(type.Idl, read, type.LengthBytes));
            },
            iter: 100);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void MaxSomeIpBytes_AllStringsFull_IsWhatIsWritten(string name)
    {
        var type = PayloadType.All[name];
        var full = PayloadOracle.FullSample(type.Idl);
        Assert.Equal(type.MaxBytes, Written(type, full).Length);
        Assert.Equal(type.MaxBytes, PayloadOracle.Payload(type.Idl, full, type.LengthBytes).Length);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_EveryPrefix_IsRefusedAndLeavesZeros(string name)
    {
        var type = PayloadType.All[name];
        var payload = Written(type, PayloadOracle.Sample(type.Idl, 7));
        for (var length = 0; length < payload.Length; length++)
        {
            var read = new byte[CLayout.SizeBytes(type.Idl)];
            read.AsSpan().Fill(0xA5);
            Assert.False(type.TryRead(payload.AsSpan(0, length), read, out var fault));
            Assert.Equal(SomeIpPayloadFault.TooShort, fault);
            Assert.False(read.AsSpan().ContainsAnyExcept((byte)0));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_MoreThanTheType_IgnoresTheTail(string name)
    {
        var type = PayloadType.All[name];
        var payload = Written(type, PayloadOracle.Sample(type.Idl, 11));
        var read = new byte[CLayout.SizeBytes(type.Idl)];
        Assert.True(type.TryRead([.. payload, 1, 2, 3], read, out _));
        Assert.Equal(payload, Written(type, read));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Write_EveryTooShortDestination_IsRefused(string name)
    {
        var type = PayloadType.All[name];
        var sample = PayloadOracle.Sample(type.Idl, 13);
        var length = Written(type, sample).Length;
        var destination = new byte[length];
        for (var room = 0; room < length; room++)
        {
            Assert.False(type.TryWrite(sample, destination.AsSpan(0, room), out var written, out var fault));
            Assert.Equal((0, SomeIpPayloadFault.TooShort), (written, fault));
        }
    }

    // Whatever is read can be written again and then reads the same: nothing that the contract forbids gets in.
    [Theory]
    [MemberData(nameof(Types))]
    public void Read_DamagedPayload_IsRefusedOrHoldsOnlyWhatTheContractAllows(string name)
    {
        var type = PayloadType.All[name];
        Gen.Select(Gen.Int, Gen.Select(Gen.UShort, Gen.Byte).Array[1, 4]).Sample(
            (seed, changes) =>
            {
                var payload = Written(type, PayloadOracle.Sample(type.Idl, seed));
                foreach (var (at, value) in changes)
                {
                    payload[at % payload.Length] = value;
                }

                var read = new byte[CLayout.SizeBytes(type.Idl)];
                if (!type.TryRead(payload, read, out var fault))
                {
                    Assert.NotEqual(SomeIpPayloadFault.None, fault);
                    return;
                }

                Assert.Equal(PayloadOracle.Payload(type.Idl, read, type.LengthBytes), Written(type, read));
            },
            iter: 500);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_RandomBytes_NeverThrows(string name)
    {
        var type = PayloadType.All[name];
        var read = new byte[CLayout.SizeBytes(type.Idl)];
        Gen.Byte.Array[0, 400].Sample(x => type.TryRead(x, read, out var fault) == (fault == SomeIpPayloadFault.None), iter: 300, threads: 1);
    }

    [Fact]
    public void WriteAndRead_LargestType_AllocateNothing()
    {
        var type = PayloadType.All["ecu::v1::PlaceResults"];
        var sample = PayloadOracle.Sample(type.Idl, 17);
        var payload = new byte[type.MaxBytes];
        var read = new byte[sample.Length];
        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Once();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            var written = type.TryWrite(sample, payload, out var length, out _);
            var isRead = type.TryRead(payload.AsSpan(0, length), read, out _);
            if (!written || !isRead)
            {
                throw new InvalidOperationException("The sample was refused.");
            }
        }
    }

    private static byte[] Written(PayloadType type, ReadOnlySpan<byte> sample)
    {
        var destination = new byte[type.MaxBytes];
        Assert.True(type.TryWrite(sample, destination, out var written, out var fault), fault.ToString());
        return destination[..written];
    }
}
