using System.Buffers.Binary;

namespace EcuAgent.SomeIp.Wire;

/// <summary>The 4 bytes behind the header of a TP segment.</summary>
/// <param name="Offset">Place of the segment in the payload of the message, bytes, a multiple of 16.</param>
/// <param name="MoreSegments">False in the last segment.</param>
public readonly record struct TpHeader(uint Offset, bool MoreSegments)
{
    public const int Size = 4;

    /// <summary>Segments begin at multiples of this.</summary>
    public const int Alignment = 16;

    /// <summary>Largest segment in one datagram, bytes: the greatest multiple of 16 that fits 1400 with the TP header.</summary>
    public const int MaxSegment = 1392;

    public static bool TryRead(ReadOnlySpan<byte> source, out TpHeader header)
    {
        if (source.Length < Size)
        {
            header = default;
            return false;
        }

        var word = BinaryPrimitives.ReadUInt32BigEndian(source);
        header = new TpHeader(word & ~0xFu, (word & 1) != 0);
        return true;
    }

    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, Offset | (MoreSegments ? 1u : 0u));
}
