using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace EcuAgent.E2E;

/// <summary>Most significant bit first; the register is left-aligned in 64 bits.</summary>
internal sealed class ForwardCrc : CrcKernel
{
    private static readonly Vector128<byte> Backwards = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    private readonly ulong polynomial;

    /// <summary>Takes the polynomial without its highest power, 8 or 16 bits.</summary>
    internal ForwardCrc(ulong polynomial, int widthBits)
        : this(polynomial << (64 - widthBits))
    {
    }

    private ForwardCrc(ulong aligned)
        : base(
            Vector128.Create(Gf2.PowerOfX(128, aligned), Gf2.PowerOfX(192, aligned)),
            Vector128.Create(Gf2.PowerOfX(512, aligned), Gf2.PowerOfX(576, aligned)))
    {
        polynomial = aligned;
        FillTables();
    }

    internal override ulong UpdateByTables(ulong register, ReadOnlySpan<byte> data)
    {
        var t = Tables[..(8 * 256)];
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

    protected override ulong OneByte(ulong register, byte value)
    {
        register ^= (ulong)value << 56;
        for (var bit = 0; bit < 8; bit++)
        {
            register = Gf2.TimesX(register, polynomial);
        }

        return register;
    }

    protected override ulong AfterZero(ulong register) => OneByte(register, 0);

    protected override Vector128<ulong> Load(ReadOnlySpan<byte> block) =>
        Vector128.Shuffle(Vector128.Create(block), Backwards).AsUInt64();

    protected override void Store(Vector128<ulong> polynomial, Span<byte> block) =>
        Vector128.Shuffle(polynomial.AsByte(), Backwards).CopyTo(block);

    protected override Vector128<ulong> InFirst(ulong register) => Vector128.Create(0, register);
}
