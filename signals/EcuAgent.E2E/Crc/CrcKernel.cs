using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EcuAgent.E2E;

/// <summary>
/// The register of a CRC over bytes: eight tables, and from <see cref="FoldingBytes"/> on carry-less multiplication where the
/// processor has it. No initial value, no final xor. Immutable, allocates nothing after its construction.
/// </summary>
internal abstract class CrcKernel
{
    /// <summary>From this length on the carry-less multiplication pays.</summary>
    internal const int FoldingBytes = 64;

    private const int BlockBytes = 16;
    private const int TableSize = 256;

    private readonly ulong[] tables = new ulong[8 * TableSize];
    private readonly Vector128<ulong> foldByOne;
    private readonly Vector128<ulong> foldByFour;

    protected CrcKernel(Vector128<ulong> foldByOne, Vector128<ulong> foldByFour)
    {
        this.foldByOne = foldByOne;
        this.foldByFour = foldByFour;
    }

    protected ReadOnlySpan<ulong> Tables => tables;

    internal ulong Update(ulong register, ReadOnlySpan<byte> data) => data.Length >= FoldingBytes && Pclmulqdq.IsSupported
        ? Fold(register, data)
        : UpdateByTables(register, data);

    /// <summary>The same as <see cref="Update"/>, on every processor.</summary>
    internal abstract ulong UpdateByTables(ulong register, ReadOnlySpan<byte> data);

    protected abstract ulong OneByte(ulong register, byte value);

    /// <summary>16 bytes as a polynomial, the earlier eight in <c>First</c>.</summary>
    protected abstract Vector128<ulong> Load(ReadOnlySpan<byte> block);

    protected abstract void Store(Vector128<ulong> polynomial, Span<byte> block);

    protected abstract Vector128<ulong> InFirst(ulong register);

    protected void FillTables()
    {
        for (var i = 0; i < TableSize; i++)
        {
            tables[i] = OneByte(0, (byte)i);
        }

        for (var i = TableSize; i < tables.Length; i++)
        {
            tables[i] = AfterZero(tables[i - TableSize]);
        }
    }

    protected abstract ulong AfterZero(ulong register);

    private static Vector128<ulong> Times(Vector128<ulong> polynomial, Vector128<ulong> powers) =>
        Pclmulqdq.CarrylessMultiply(polynomial, powers, 0x00) ^ Pclmulqdq.CarrylessMultiply(polynomial, powers, 0x11);

    private ulong Fold(ulong register, ReadOnlySpan<byte> data)
    {
        var a = Load(data) ^ InFirst(register);
        var b = Load(data[BlockBytes..]);
        var c = Load(data[(2 * BlockBytes)..]);
        var d = Load(data[(3 * BlockBytes)..]);
        data = data[(4 * BlockBytes)..];
        while (data.Length >= 4 * BlockBytes)
        {
            a = Times(a, foldByFour) ^ Load(data);
            b = Times(b, foldByFour) ^ Load(data[BlockBytes..]);
            c = Times(c, foldByFour) ^ Load(data[(2 * BlockBytes)..]);
            d = Times(d, foldByFour) ^ Load(data[(3 * BlockBytes)..]);
            data = data[(4 * BlockBytes)..];
        }

        a = Times(a, foldByOne) ^ b;
        a = Times(a, foldByOne) ^ c;
        a = Times(a, foldByOne) ^ d;
        while (data.Length >= BlockBytes)
        {
            a = Times(a, foldByOne) ^ Load(data);
            data = data[BlockBytes..];
        }

        Span<byte> rest = stackalloc byte[BlockBytes];
        Store(a, rest);
        return UpdateByTables(UpdateByTables(0, rest), data);
    }
}
