using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EcuAgent.E2E;

/// <summary>Not reflected; the register is left-aligned.</summary>
internal readonly struct MostSignificantFirst : IBitOrder
{
    public static ulong OneByte(ulong register, byte value, ulong polynomial)
    {
        register ^= (ulong)value << 56;
        for (var bit = 0; bit < 8; bit++)
        {
            register = Gf2.TimesX(register, polynomial);
        }

        return register;
    }

    public static ulong ByTables(ReadOnlySpan<ulong> tables, ulong register, ReadOnlySpan<byte> data)
    {
        var t = tables[..(8 * 256)];
        while (data.Length >= 8)
        {
            var x = register ^ BinaryPrimitives.ReadUInt64BigEndian(data);
            register = t[0x700 + (int)(x >> 56)] ^ t[0x600 + (byte)(x >> 48)] ^ t[0x500 + (byte)(x >> 40)] ^ t[0x400 + (byte)(x >> 32)]
                ^ t[0x300 + (byte)(x >> 24)] ^ t[0x200 + (byte)(x >> 16)] ^ t[0x100 + (byte)(x >> 8)] ^ t[(byte)x];
            data = data[8..];
        }

        foreach (var value in data)
        {
            register = (register << 8) ^ t[(byte)(register >> 56) ^ value];
        }

        return register;
    }

    public static Vector128<ulong> Powers(int strideBits, ulong polynomial) =>
        Vector128.Create(Gf2.PowerOfX(strideBits, polynomial), Gf2.PowerOfX(strideBits + 64, polynomial));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Load(ReadOnlySpan<byte> block) => Swapped(Vector128.Create(block)).AsUInt64();

    public static void Store(Vector128<ulong> block, Span<byte> bytes) => Swapped(block.AsByte()).CopyTo(bytes);

    public static Vector128<ulong> InFirstHalf(ulong register) => Vector128.Create(0, register);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Swapped(Vector128<byte> bytes) =>
        Vector128.Shuffle(bytes, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}
