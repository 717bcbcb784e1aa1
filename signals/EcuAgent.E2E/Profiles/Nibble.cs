namespace EcuAgent.E2E;

/// <summary>Half a byte of a message.</summary>
internal readonly struct Nibble(int offsetBytes, int offsetBits)
{
    private readonly int index = offsetBytes + (offsetBits / 8);
    private readonly int shift = offsetBits % 8;

    internal uint Read(ReadOnlySpan<byte> message) => (uint)(message[index] >> shift) & 0xF;

    internal void Write(Span<byte> message, uint value) =>
        message[index] = (byte)((message[index] & ~(0xF << shift)) | (int)((value & 0xF) << shift));
}
