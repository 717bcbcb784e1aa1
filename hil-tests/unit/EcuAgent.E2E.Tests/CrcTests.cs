using System.IO.Hashing;
using CsCheck;
using Xunit;

namespace EcuAgent.E2E.Tests;

public sealed class CrcTests
{
    private static readonly Crc32ParameterSet P4 = Crc32ParameterSet.Create(0xF4ACFB13, uint.MaxValue, uint.MaxValue, true);
    private static readonly Crc64ParameterSet Ecma = Crc64ParameterSet.Create(0x42F0E1EBA9EA3693, ulong.MaxValue, ulong.MaxValue, true);

    [Fact]
    public void CheckString_EachCrc_ItsPublishedValue()
    {
        var check = "123456789"u8;
        Assert.Equal(0x4B, E2eCrc.SaeJ1850(check));
        Assert.Equal(0xDF, E2eCrc.Crc8H2F(check));
        Assert.Equal(0x29B1, E2eCrc.CcittFalse(check));
        Assert.Equal(0x1697D06Au, E2eCrc.Crc32P4(check));
        Assert.Equal(0x995DC9BBDF1939FAul, E2eCrc.Crc64(check));
    }

    /// <summary>Values that crcmod 1.7 (Python) computes over bytes i * i * 7 + i * 3 + 5.</summary>
    [Theory]
    [InlineData(1, 0x52, 0x2E, 0xB155, 0x9287ECB8, 0xD7532E49984F3E05)]
    [InlineData(15, 0xE4, 0x82, 0xB88B, 0xF001E077, 0x26F107EE606BBB53)]
    [InlineData(63, 0xBA, 0x71, 0x9B4C, 0x3688DB6A, 0xD39E94B7D71D4BCD)]
    [InlineData(64, 0x63, 0x37, 0xA73F, 0x67F71381, 0xADC2ABF6FBB87363)]
    [InlineData(65, 0xD4, 0x3B, 0x73E4, 0x0ED5BBE6, 0xA20F83EEB0B2BA92)]
    [InlineData(300, 0xD5, 0xD0, 0xD0F0, 0x412FFF17, 0xB25A1BA4CF5E10B4)]
    [InlineData(1400, 0xC5, 0xEF, 0x47DA, 0xD688381A, 0x0AB8C635BED434A5)]
    public void Pattern_EachCrc_AsAnotherComputesIt(int length, byte j1850, byte h2f, ushort ccitt, uint p4, ulong ecma)
    {
        var data = Enumerable.Range(0, length).Select(i => (byte)((i * i * 7) + (i * 3) + 5)).ToArray();
        Assert.Equal(j1850, E2eCrc.SaeJ1850(data));
        Assert.Equal(h2f, E2eCrc.Crc8H2F(data));
        Assert.Equal(ccitt, E2eCrc.CcittFalse(data));
        Assert.Equal(p4, E2eCrc.Crc32P4(data));
        Assert.Equal(ecma, E2eCrc.Crc64(data));
    }

    /// <summary>CRC32P4 and CRC64 beside another implementation; 8 and 16 bits beside the definition, bit by bit.</summary>
    [Fact]
    public void AnyBytes_EachCrc_SameAsAnother() => Gen.Byte.Array[0, 400].Sample(
        data =>
        {
            Assert.Equal(Crc32.HashToUInt32(P4, data), E2eCrc.Crc32P4(data));
            Assert.Equal(Crc64.HashToUInt64(Ecma, data), E2eCrc.Crc64(data));
            Assert.Equal(BitByBit(0x1D, 8, 0xFF, data) ^ 0xFF, E2eCrc.SaeJ1850(data));
            Assert.Equal(BitByBit(0x2F, 8, 0xFF, data) ^ 0xFF, E2eCrc.Crc8H2F(data));
            Assert.Equal(BitByBit(0x1021, 16, 0xFFFF, data), E2eCrc.CcittFalse(data));
        },
        iter: 2000,
        threads: 1);

    /// <summary>The way by carry-less multiplication and the one by tables, from any register and over any cut.</summary>
    [Fact]
    public void AnyBytes_FoldedOrByTables_Same() => Gen.Select(Gen.Byte.Array[0, 300], Gen.ULong, Gen.Int[0, 300]).Sample(
        (data, register, cut) =>
        {
            cut = Math.Min(cut, data.Length);
            Same(E2eCrc.J1850Kernel, register << 56);
            Same(E2eCrc.H2FKernel, register << 56);
            Same(E2eCrc.CcittKernel, register << 48);
            Same(E2eCrc.P4Kernel, (uint)register);
            Same(E2eCrc.EcmaKernel, register);

            void Same<TOrder>(CrcKernel<TOrder> kernel, ulong start)
                where TOrder : struct, IBitOrder
            {
                var byTables = kernel.UpdateByTables(start, data);
                Assert.Equal(byTables, kernel.Update(start, data));
                Assert.Equal(byTables, kernel.Update(kernel.Update(start, data.AsSpan(0, cut)), data.AsSpan(cut)));
            }
        },
        iter: 2000,
        threads: 1);

    private static int BitByBit(int polynomial, int widthBits, int register, byte[] data)
    {
        foreach (var value in data)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var top = ((register >> (widthBits - 1)) ^ (value >> bit)) & 1;
                register = ((register << 1) ^ (top * polynomial)) & ((1 << widthBits) - 1);
            }
        }

        return register;
    }
}
