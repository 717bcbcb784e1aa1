using System.Buffers.Binary;

namespace EcuAgent.E2E;

internal sealed class P04Layout(P04Options options) : ProfileLayout(options.OffsetBytes)
{
    private const int CounterAt = 2;
    private const int DataIdAt = 4;
    private const int CrcAt = 8;
    private const int HeaderBytes = 12;

    private readonly uint dataId = options.SentDataId;

    internal override void Seal(Span<byte> message, uint counter)
    {
        var header = message.Slice(Offset, HeaderBytes);
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)message.Length);
        BinaryPrimitives.WriteUInt16BigEndian(header[CounterAt..], (ushort)counter);
        BinaryPrimitives.WriteUInt32BigEndian(header[DataIdAt..], dataId);
        BinaryPrimitives.WriteUInt32BigEndian(header[CrcAt..], Crc(message));
    }

    internal override E2eCheckStatus Open(ReadOnlySpan<byte> message, out uint counter)
    {
        var header = message.Slice(Offset, HeaderBytes);
        counter = BinaryPrimitives.ReadUInt16BigEndian(header[CounterAt..]);
        return BinaryPrimitives.ReadUInt16BigEndian(header) != message.Length ? E2eCheckStatus.WrongLength
            : BinaryPrimitives.ReadUInt32BigEndian(header[CrcAt..]) != Crc(message) ? E2eCheckStatus.CrcError
            : BinaryPrimitives.ReadUInt32BigEndian(header[DataIdAt..]) != dataId ? E2eCheckStatus.WrongDataId
            : E2eCheckStatus.Ok;
    }

    private uint Crc(ReadOnlySpan<byte> message)
    {
        var kernel = E2eCrc.P4Kernel;
        var register = kernel.Update(uint.MaxValue, message[..(Offset + CrcAt)]);
        return (uint)~kernel.Update(register, message[(Offset + HeaderBytes)..]);
    }
}
