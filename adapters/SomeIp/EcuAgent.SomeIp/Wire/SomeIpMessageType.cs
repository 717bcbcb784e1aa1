namespace EcuAgent.SomeIp.Wire;

/// <summary>Message type of the header. <see cref="TpFlag"/> is added to each of them in a TP segment.</summary>
public enum SomeIpMessageType : byte
{
    Request = 0x00,
    RequestNoReturn = 0x01,
    Notification = 0x02,
    TpFlag = 0x20,
    Response = 0x80,
    Exception = 0x81,
}

public static class SomeIpMessageTypes
{
    public static bool IsTp(this SomeIpMessageType type) => (type & SomeIpMessageType.TpFlag) != 0;

    public static SomeIpMessageType WithoutTp(this SomeIpMessageType type) => type & ~SomeIpMessageType.TpFlag;

    public static SomeIpMessageType WithTp(this SomeIpMessageType type) => type | SomeIpMessageType.TpFlag;

    /// <summary>Of the types in use; the acknowledgement types (0x40) are reserved and count as unknown.</summary>
    public static bool IsKnown(this SomeIpMessageType type) => type.WithoutTp() is
        SomeIpMessageType.Request or SomeIpMessageType.RequestNoReturn or SomeIpMessageType.Notification or
        SomeIpMessageType.Response or SomeIpMessageType.Exception;
}
