using System.Buffers.Binary;

namespace EcuAgent.SomeIp.Wire;

/// <summary>Entry types of service discovery. TTL 0 makes the stop or the refusal of each.</summary>
public enum SdEntryType : byte
{
    Find = 0x00,
    Offer = 0x01,
    Subscribe = 0x06,
    SubscribeAck = 0x07,
}

/// <summary>One entry of 16 bytes.</summary>
/// <param name="Ttl">Seconds, 24 bits; 0xFFFFFF until reboot.</param>
/// <param name="Tail">Last four bytes: the minor version, or flags, counter and eventgroup.</param>
public readonly record struct SdEntry(
    SdEntryType Type, byte FirstIndex, byte SecondIndex, byte FirstCount, byte SecondCount, ushort ServiceId, ushort InstanceId, byte MajorVersion,
    uint Ttl, uint Tail)
{
    public const int Size = 16;
    public const uint TtlUntilReboot = 0xFFFFFF;
    public const ushort AnyInstance = 0xFFFF;
    public const byte AnyMajorVersion = 0xFF;
    public const uint AnyMinorVersion = 0xFFFFFFFF;

    private const uint InitialDataFlag = 0x00800000;

    public uint MinorVersion => Tail;

    public ushort EventgroupId => (ushort)Tail;

    /// <summary>Tells parallel subscriptions of one client apart, 0 to 15.</summary>
    public byte Counter => (byte)((Tail >> 16) & 0xF);

    public bool InitialDataRequested => (Tail & InitialDataFlag) != 0;

    public bool IsEventgroupEntry => Type is SdEntryType.Subscribe or SdEntryType.SubscribeAck;

    public static SdEntry ForService(SdEntryType type, ushort serviceId, ushort instanceId, byte majorVersion, uint minorVersion, uint ttl) =>
        new(type, 0, 0, 0, 0, serviceId, instanceId, majorVersion, ttl, minorVersion);

    public static SdEntry ForEventgroup(
        SdEntryType type, ushort serviceId, ushort instanceId, byte majorVersion, ushort eventgroupId, uint ttl, byte counter = 0, bool initialData = false) =>
        new(type, 0, 0, 0, 0, serviceId, instanceId, majorVersion, ttl, (initialData ? InitialDataFlag : 0) | ((uint)(counter & 0xF) << 16) | eventgroupId);

    /// <summary>Reads <see cref="Size"/> bytes; the type is not checked.</summary>
    public static SdEntry Read(ReadOnlySpan<byte> source) => new(
        (SdEntryType)source[0],
        source[1],
        source[2],
        (byte)(source[3] >> 4),
        (byte)(source[3] & 0xF),
        BinaryPrimitives.ReadUInt16BigEndian(source[4..]),
        BinaryPrimitives.ReadUInt16BigEndian(source[6..]),
        source[8],
        BinaryPrimitives.ReadUInt32BigEndian(source[8..]) & 0xFFFFFF,
        BinaryPrimitives.ReadUInt32BigEndian(source[12..]));

    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)Type;
        destination[1] = FirstIndex;
        destination[2] = SecondIndex;
        destination[3] = (byte)((FirstCount << 4) | (SecondCount & 0xF));
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], ServiceId);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], InstanceId);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], ((uint)MajorVersion << 24) | (Ttl & 0xFFFFFF));
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Tail);
    }
}
