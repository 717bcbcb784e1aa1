using System.Buffers.Binary;

namespace EcuAgent.E2E;

internal sealed class P05Layout(P05Options options) : ProfileLayout(options.OffsetBytes)
{
    private const int CounterAt = 2;

    private readonly byte[] dataId = [(byte)options.DataId, (byte)(options.DataId >> 8)];
    private readonly bool isBigEndian = options.ByteOrder == P05ByteOrder.BigEndian;

    internal override void Seal(Span<byte> message, uint counter)
    {
        message[Offset + CounterAt] = (byte)counter;
        var crc = Crc(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message[Offset..], isBigEndian ? BinaryPrimitives.ReverseEndianness(crc) : crc);
    }

    internal override E2eCheckStatus Open(ReadOnlySpan<byte> message, out uint counter)
    {
        counter = message[Offset + CounterAt];
        var sent = BinaryPrimitives.ReadUInt16LittleEndian(message[Offset..]);
        return Crc(message) == (isBigEndian ? BinaryPrimitives.ReverseEndianness(sent) : sent) ? E2eCheckStatus.Ok : E2eCheckStatus.CrcError;
    }

    private ushort Crc(ReadOnlySpan<byte> message)
    {
        var kernel = E2eCrc.CcittKernel;
        var register = kernel.Update(kernel.Update(0xFFFFUL << 48, message[..Offset]), message[(Offset + CounterAt)..]);
        return (ushort)(kernel.Update(register, dataId) >> 48);
    }
}
