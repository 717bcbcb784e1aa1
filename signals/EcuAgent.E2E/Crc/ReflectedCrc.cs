using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace EcuAgent.E2E;

/// <summary>Least significant bit first; the register is right-aligned in 64 bits.</summary>
internal sealed class ReflectedCrc : CrcKernel
{
    private readonly ulong reversedPolynomial;

    /// <summary>Takes the polynomial without its highest power and not reversed, 32 or 64 bits.</summary>
    internal ReflectedCrc(ulong polynomial, int widthBits)
        : this(polynomial << (64 - widthBits))
    {
    }

    // The product of two reversed polynomials is the reversed product divided by x; one power less in the constant makes up for it.
    private ReflectedCrc(ulong aligned)
        : base(
            Vector128.Create(Gf2.Reversed(Gf2.PowerOfX(191, aligned)), Gf2.Reversed(Gf2.PowerOfX(127, aligned))),
            Vector128.Create(Gf2.Reversed(Gf2.PowerOfX(575, aligned)), Gf2.Reversed(Gf2.PowerOfX(511, aligned))))
    {
        reversedPolynomial = Gf2.Reversed(aligned);
        FillTables();
    }

    internal override ulong UpdateByTables(ulong register, ReadOnlySpan<byte> data)
    {
        var t = Tables[..(8 * 256)];
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

    protected override ulong OneByte(ulong register, byte value)
    {
        register ^= value;
        for (var bit = 0; bit < 8; bit++)
        {
            register = (register >> 1) ^ ((register & 1) == 0 ? 0 : reversedPolynomial);
        }

        return register;
    }

    protected override ulong AfterZero(ulong register) => OneByte(register, 0);

    protected override Vector128<ulong> Load(ReadOnlySpan<byte> block) => Vector128.Create(block).AsUInt64();

    protected override void Store(Vector128<ulong> polynomial, Span<byte> block) => polynomial.AsByte().CopyTo(block);

    protected override Vector128<ulong> InFirst(ulong register) => Vector128.Create(register, 0);
}
