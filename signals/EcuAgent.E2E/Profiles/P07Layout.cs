using System.Buffers.Binary;

namespace EcuAgent.E2E;

internal sealed class P07Layout(P07Options options) : ProfileLayout(options.OffsetBytes)
{
    private const int LengthAt = 8;
    private const int CounterAt = 12;
    private const int DataIdAt = 16;
    private const int HeaderBytes = 20;

    private readonly uint dataId = options.DataId;

    internal override void Seal(Span<byte> message, uint counter)
    {
        var header = message.Slice(Offset, HeaderBytes);
        BinaryPrimitives.WriteInt32BigEndian(header[LengthAt..], message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header[CounterAt..], counter);
        BinaryPrimitives.WriteUInt32BigEndian(header[DataIdAt..], dataId);
        BinaryPrimitives.WriteUInt64BigEndian(header, Crc(message));
    }

    internal override E2eCheckStatus Open(ReadOnlySpan<byte> message, out uint counter)
    {
        var header = message.Slice(Offset, HeaderBytes);
        counter = BinaryPrimitives.ReadUInt32BigEndian(header[CounterAt..]);
        return BinaryPrimitives.ReadUInt32BigEndian(header[LengthAt..]) != (uint)message.Length ? E2eCheckStatus.WrongLength
            : BinaryPrimitives.ReadUInt64BigEndian(header) != Crc(message) ? E2eCheckStatus.CrcError
            : BinaryPrimitives.ReadUInt32BigEndian(header[DataIdAt..]) != dataId ? E2eCheckStatus.WrongDataId
            : E2eCheckStatus.Ok;
    }

    private ulong Crc(ReadOnlySpan<byte> message)
    {
        var kernel = E2eCrc.EcmaKernel;
        return ~kernel.Update(kernel.Update(ulong.MaxValue, message[..Offset]), message[(Offset + LengthAt)..]);
    }
}
