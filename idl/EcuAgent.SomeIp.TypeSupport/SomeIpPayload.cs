namespace EcuAgent.SomeIp.TypeSupport;

/// <summary>Writes and reads whole payloads. Neither throws nor allocates, whatever the bytes are.</summary>
public static class SomeIpPayload
{
    /// <summary>Writes a value at the start of the destination.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="destination"><see cref="ISomeIpType{TSelf}.MaxSomeIpBytes"/> are enough for every value.</param>
    /// <param name="written">Bytes written; 0 after a fault.</param>
    /// <param name="fault">Too short a destination, a string that is no terminated UTF-8, or an enum out of range.</param>
    /// <returns>False after a fault; the destination then holds a part.</returns>
    public static bool TryWrite<T>(in T value, Span<byte> destination, out int written, out SomeIpPayloadFault fault)
        where T : struct, ISomeIpType<T>
    {
        var writer = new SomeIpPayloadWriter(destination);
        T.WriteSomeIp(in value, ref writer);
        fault = writer.Fault;
        written = fault == SomeIpPayloadFault.None ? writer.WrittenBytes : 0;
        return fault == SomeIpPayloadFault.None;
    }

    /// <summary>Reads a value. What stands behind the last member is ignored: later versions append there.</summary>
    /// <param name="payload">The payload, without the E2E header.</param>
    /// <param name="value">The value; all zero after a fault.</param>
    /// <param name="fault">The first thing that is wrong.</param>
    /// <returns>False after a fault.</returns>
    public static bool TryRead<T>(ReadOnlySpan<byte> payload, out T value, out SomeIpPayloadFault fault)
        where T : struct, ISomeIpType<T>
    {
        var reader = new SomeIpPayloadReader(payload);
        T.ReadSomeIp(ref reader, out value);
        fault = reader.Fault;
        if (fault == SomeIpPayloadFault.None)
        {
            return true;
        }

        value = default;
        return false;
    }
}
