namespace EcuAgent.E2E;

internal sealed class P01Layout(P01Options options) : ProfileLayout(options.OffsetBytes)
{
    private readonly int crcAt = options.OffsetBytes + (options.CrcOffsetBits / 8);
    private readonly Nibble counterAt = new(options.OffsetBytes, options.CounterOffsetBits);
    private readonly Nibble dataIdAt = new(options.OffsetBytes, options.DataIdNibbleOffsetBits);
    private readonly P01DataIdMode mode = options.DataIdMode;
    private readonly byte low = (byte)options.DataId;
    private readonly byte high = (byte)(options.DataId >> 8);

    internal override void Seal(Span<byte> message, uint counter)
    {
        counterAt.Write(message, counter);
        if (mode == P01DataIdMode.Nibble)
        {
            dataIdAt.Write(message, high);
        }

        message[crcAt] = Crc(message, counter);
    }

    internal override E2eCheckStatus Open(ReadOnlySpan<byte> message, out uint counter)
    {
        counter = counterAt.Read(message);
        return Crc(message, counter) != message[crcAt] ? E2eCheckStatus.CrcError
            : mode == P01DataIdMode.Nibble && dataIdAt.Read(message) != high ? E2eCheckStatus.WrongDataId
            : E2eCheckStatus.Ok;
    }

    private byte Crc(ReadOnlySpan<byte> message, uint counter)
    {
        var kernel = E2eCrc.J1850Kernel;
        ReadOnlySpan<byte> id = mode switch
        {
            P01DataIdMode.Both => [low, high],
            P01DataIdMode.Nibble => [low, 0],
            P01DataIdMode.Alternating when (counter & 1) == 1 => [high],
            _ => [low],
        };
        return (byte)(kernel.Update(kernel.Update(kernel.Update(0, id), message[..crcAt]), message[(crcAt + 1)..]) >> 56);
    }
}
