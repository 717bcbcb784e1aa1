using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EcuAgent.E2E;

/// <summary>Reflected; the register is right-aligned.</summary>
internal readonly struct LeastSignificantFirst : IBitOrder
{
    public static ulong OneByte(ulong register, byte value, ulong polynomial)
    {
        var reversed = Gf2.Reversed(polynomial);
        register ^= value;
        for (var bit = 0; bit < 8; bit++)
        {
            register = (register >> 1) ^ ((register & 1) == 0 ? 0 : reversed);
        }

        return register;
    }

    public static ulong ByTables(ReadOnlySpan<ulong> tables, ulong register, ReadOnlySpan<byte> data)
    {
        var t = tables[..(8 * 256)];
        while (data.Length >= 8)
        {
            var x = register ^ BinaryPrimitives.ReadUInt64LittleEndian(data);
            register = t[0x700 + (byte)x] ^ t[0x600 + (byte)(x >> 8)] ^ t[0x500 + (byte)(x >> 16)] ^ t[0x400 + (byte)(x >> 24)]
                ^ t[0x300 + (byte)(x >> 32)] ^ t[0x200 + (byte)(x >> 40)] ^ t[0x100 + (byte)(x >> 48)] ^ t[(int)(x >> 56)];
            data = data[8..];
        }

        foreach (var value in data)
        {
            register = (register >> 8) ^ t[(byte)register ^ value];
        }

        return register;
    }

    // The product of two reversed polynomials is the reversed product divided by x; one power less in the constant makes up for it.
    public static Vector128<ulong> Powers(int strideBits, ulong polynomial) => Vector128.Create(
        Gf2.Reversed(Gf2.PowerOfX(strideBits + 63, polynomial)), Gf2.Reversed(Gf2.PowerOfX(strideBits - 1, polynomial)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Load(ReadOnlySpan<byte> block) => Vector128.Create(block).AsUInt64();

    public static void Store(Vector128<ulong> block, Span<byte> bytes) => block.AsByte().CopyTo(bytes);

    public static Vector128<ulong> InFirstHalf(ulong register) => Vector128.Create(register, 0);
}
