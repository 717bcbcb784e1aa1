namespace EcuAgent.E2E;

internal sealed class P02Layout(P02Options options) : ProfileLayout(options.OffsetBytes)
{
    private readonly byte[] dataIds = [.. options.DataIds.Select(id => (byte)id)];
    private readonly Nibble counterAt = new(options.OffsetBytes, 8);

    internal override void Seal(Span<byte> message, uint counter)
    {
        counterAt.Write(message, counter);
        message[Offset] = Crc(message, counter);
    }

    internal override E2eCheckStatus Open(ReadOnlySpan<byte> message, out uint counter)
    {
        counter = counterAt.Read(message);
        return Crc(message, counter) == message[Offset] ? E2eCheckStatus.Ok : E2eCheckStatus.CrcError;
    }

    private byte Crc(ReadOnlySpan<byte> message, uint counter)
    {
        var kernel = E2eCrc.H2FKernel;
        var register = kernel.Update(kernel.Update(0xFFUL << 56, message[..Offset]), message[(Offset + 1)..]);
        return (byte)(~kernel.Update(register, dataIds.AsSpan((int)counter, 1)) >> 56);
    }
}
