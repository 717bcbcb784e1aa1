namespace EcuAgent.E2E;

/// <summary>The five CRCs of the profiles over a whole buffer. Thread-safe; allocates nothing.</summary>
public static class E2eCrc
{
    internal static readonly CrcKernel<MostSignificantFirst> J1850Kernel = new(0x1D, 8);
    internal static readonly CrcKernel<MostSignificantFirst> H2FKernel = new(0x2F, 8);
    internal static readonly CrcKernel<MostSignificantFirst> CcittKernel = new(0x1021, 16);
    internal static readonly CrcKernel<LeastSignificantFirst> P4Kernel = new(0xF4AC_FB13, 32);
    internal static readonly CrcKernel<LeastSignificantFirst> EcmaKernel = new(0x42F0_E1EB_A9EA_3693, 64);

    /// <summary>SAE J1850, 8 bits, polynomial 0x1D, initial value and final xor 0xFF.</summary>
    public static byte SaeJ1850(ReadOnlySpan<byte> data) => (byte)(~J1850Kernel.Update(0xFFUL << 56, data) >> 56);

    /// <summary>8H2F, 8 bits, polynomial 0x2F, initial value and final xor 0xFF.</summary>
    public static byte Crc8H2F(ReadOnlySpan<byte> data) => (byte)(~H2FKernel.Update(0xFFUL << 56, data) >> 56);

    /// <summary>CCITT-FALSE, 16 bits, polynomial 0x1021, initial value 0xFFFF, no final xor.</summary>
    public static ushort CcittFalse(ReadOnlySpan<byte> data) => (ushort)(CcittKernel.Update(0xFFFFUL << 48, data) >> 48);

    /// <summary>CRC32P4, polynomial 0xF4ACFB13, reflected, initial value and final xor all ones.</summary>
    public static uint Crc32P4(ReadOnlySpan<byte> data) => (uint)~P4Kernel.Update(uint.MaxValue, data);

    /// <summary>CRC64 of ECMA-182 as XZ uses it: reflected, initial value and final xor all ones.</summary>
    public static ulong Crc64(ReadOnlySpan<byte> data) => ~EcmaKernel.Update(ulong.MaxValue, data);
}
