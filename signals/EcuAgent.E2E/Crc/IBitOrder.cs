using System.Runtime.Intrinsics;

namespace EcuAgent.E2E;

/// <summary>Which bit of a byte comes first, and so how a register of 64 bits is aligned. A type parameter, so that all of it is inlined.</summary>
internal interface IBitOrder
{
    /// <summary>The register after one byte, by the definition. Polynomials are without their highest power, left-aligned, not reversed.</summary>
    static abstract ulong OneByte(ulong register, byte value, ulong polynomial);

    /// <summary>The register after many bytes. Table <c>k</c> starts at 256 k and holds one byte followed by k zeros.</summary>
    static abstract ulong ByTables(ReadOnlySpan<ulong> tables, ulong register, ReadOnlySpan<byte> data);

    /// <summary>What carries 16 bytes on by a stride: a power of x for each half.</summary>
    static abstract Vector128<ulong> Powers(int strideBits, ulong polynomial);

    /// <summary>16 bytes as a polynomial.</summary>
    static abstract Vector128<ulong> Load(ReadOnlySpan<byte> block);

    static abstract void Store(Vector128<ulong> block, Span<byte> bytes);

    /// <summary>The register where the first eight of 16 bytes stand.</summary>
    static abstract Vector128<ulong> InFirstHalf(ulong register);
}
