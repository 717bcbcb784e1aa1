using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EcuAgent.E2E;

/// <summary>
/// The register of a CRC over bytes: eight tables, and from <see cref="FoldingBytes"/> on carry-less multiplication where the
/// processor has it. No initial value, no final xor. Immutable, allocates nothing after its construction.
/// </summary>
internal sealed class CrcKernel<TOrder>
    where TOrder : struct, IBitOrder
{
    /// <summary>From this length on the carry-less multiplication pays.</summary>
    internal const int FoldingBytes = 64;

    private const int BlockBytes = 16;
    private const int TableSize = 256;

    private readonly ulong[] tables = new ulong[8 * TableSize];
    private readonly Vector128<ulong> overOne;
    private readonly Vector128<ulong> overFour;

    /// <summary>Takes the polynomial without its highest power, not reversed, of 8 to 64 bits.</summary>
    internal CrcKernel(ulong polynomial, int widthBits)
    {
        var aligned = polynomial << (64 - widthBits);
        for (var i = 0; i < tables.Length; i++)
        {
            tables[i] = i < TableSize ? TOrder.OneByte(0, (byte)i, aligned) : TOrder.OneByte(tables[i - TableSize], 0, aligned);
        }

        overOne = TOrder.Powers(8 * BlockBytes, aligned);
        overFour = TOrder.Powers(4 * 8 * BlockBytes, aligned);
    }

    internal ulong Update(ulong register, ReadOnlySpan<byte> data) => data.Length >= FoldingBytes && Pclmulqdq.IsSupported
        ? Fold(register, data)
        : UpdateByTables(register, data);

    /// <summary>The same as <see cref="Update"/>, on every processor.</summary>
    internal ulong UpdateByTables(ulong register, ReadOnlySpan<byte> data) => TOrder.ByTables(tables, register, data);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Times(Vector128<ulong> polynomial, Vector128<ulong> powers) =>
        Pclmulqdq.CarrylessMultiply(polynomial, powers, 0x00) ^ Pclmulqdq.CarrylessMultiply(polynomial, powers, 0x11);

    private ulong Fold(ulong register, ReadOnlySpan<byte> data)
    {
        var (one, four) = (overOne, overFour);
        var a = TOrder.Load(data) ^ TOrder.InFirstHalf(register);
        var b = TOrder.Load(data[BlockBytes..]);
        var c = TOrder.Load(data[(2 * BlockBytes)..]);
        var d = TOrder.Load(data[(3 * BlockBytes)..]);
        data = data[(4 * BlockBytes)..];
        while (data.Length >= 4 * BlockBytes)
        {
            a = Times(a, four) ^ TOrder.Load(data);
            b = Times(b, four) ^ TOrder.Load(data[BlockBytes..]);
            c = Times(c, four) ^ TOrder.Load(data[(2 * BlockBytes)..]);
            d = Times(d, four) ^ TOrder.Load(data[(3 * BlockBytes)..]);
            data = data[(4 * BlockBytes)..];
        }

        a = Times(a, one) ^ b;
        a = Times(a, one) ^ c;
        a = Times(a, one) ^ d;
        while (data.Length >= BlockBytes)
        {
            a = Times(a, one) ^ TOrder.Load(data);
            data = data[BlockBytes..];
        }

        Span<byte> rest = stackalloc byte[BlockBytes];
        TOrder.Store(a, rest);
        return UpdateByTables(UpdateByTables(0, rest), data);
    }
}
