namespace EcuAgent.SomeIp.TypeSupport;

/// <summary>A struct that knows its place in a SOME/IP payload: members in order, big-endian, no padding.</summary>
/// <typeparam name="TSelf">The implementing struct itself.</typeparam>
/// <remarks>Implemented by generated code only; called through <see cref="SomeIpPayload"/>.</remarks>
public interface ISomeIpType<TSelf>
    where TSelf : struct, ISomeIpType<TSelf>
{
    /// <summary>The longest payload of the type, all strings full.</summary>
    /// <value>Bytes.</value>
    static abstract int MaxSomeIpBytes { get; }

    /// <summary>Writes all members. A fault stays in the writer.</summary>
    static abstract void WriteSomeIp(in TSelf value, ref SomeIpPayloadWriter writer);

    /// <summary>Reads all members. A fault stays in the reader, and the value is then of no use.</summary>
    static abstract void ReadSomeIp(ref SomeIpPayloadReader reader, out TSelf value);
}
