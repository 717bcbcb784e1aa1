using CsCheck;
using Xunit;

namespace EcuAgent.E2E.Tests;

internal static class ProfileCases
{
    public static readonly int[] Ids = [.. Enumerable.Range(0, 16).Select(i => (i * 37) & 0xFF)];

    /// <summary>One of each profile, mode and dialect.</summary>
    public static IReadOnlyList<E2eOptions> All { get; } =
    [
        .. Enum.GetValues<P01DataIdMode>().Select(mode => new P01Options { DataId = 0xA5C, DataIdMode = mode, MaxLengthBytes = 1500 }),
        new P01Options { DataId = 0xA5C, DataIdMode = P01DataIdMode.Nibble, CrcOffsetBits = 24, CounterOffsetBits = 4, DataIdNibbleOffsetBits = 0 },
        new P02Options { DataIds = Ids, MaxLengthBytes = 1500 },
        new P04Options { DataId = 0x0A0B0C0D },
        new P04Options { DataId = 0x0B0C0D, InstanceId = 0xEE },
        new P05Options { DataId = 0x1234 },
        new P05Options { DataId = 0x1234, ByteOrder = P05ByteOrder.BigEndian },
        new P07Options { DataId = 0x0A0B0C0D },
    ];

    public static TheoryData<E2eOptions> Theory => [.. All];

    /// <summary>Options with random ids, offsets and limits, the message's free bytes and the first counter.</summary>
    public static Gen<(E2eOptions Options, byte[] Message, uint Counter)> Any { get; } =
        from index in Gen.Int[0, All.Count - 1]
        from offset in Gen.Int[0, 40]
        from free in Gen.Byte.Array[0, 120]
        from id in Gen.UInt
        from counter in Gen.UInt
        select Make(All[index], offset, free, id, counter);

    public static byte[] Message(E2eOptions options, int freeBytes = 5) => new byte[options.OffsetBytes + options.HeaderBytes + freeBytes];

    private static (E2eOptions Options, byte[] Message, uint Counter) Make(E2eOptions options, int offset, byte[] free, uint id, uint counter)
    {
        options = options switch
        {
            P01Options p => p with { DataId = (int)(id & (p.DataIdMode == P01DataIdMode.Nibble ? 0xFFFu : 0xFFFFu)) },
            P02Options p => p with { DataIds = [.. Ids.Select(i => (int)((i ^ id) & 0xFF))] },
            P04Options p => p with { DataId = p.InstanceId is null ? id : id & 0xFF_FFFF },
            P05Options p => p with { DataId = (int)(id & 0xFFFF) },
            P07Options p => p with { DataId = id },
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
        options = options with { OffsetBytes = offset, MaxLengthBytes = 2000 };
        var message = new byte[offset + options.HeaderBytes + free.Length];
        for (var i = 0; i < message.Length; i++)
        {
            message[i] = free.Length == 0 ? (byte)i : free[i % free.Length];
        }

        return (options, message, counter);
    }
}
