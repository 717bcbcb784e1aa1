namespace EcuAgent.SomeIp.TypeSupport;

/// <summary>Why a payload was not read or not written.</summary>
public enum SomeIpPayloadFault
{
    /// <summary>It was.</summary>
    None,

    /// <summary>The payload ends before the last member; or the destination is too short for it.</summary>
    TooShort,

    /// <summary>A length field says more bytes than the type can have.</summary>
    LengthTooLarge,

    /// <summary>The length field of an array is not what its elements take: another number of them, or other ones.</summary>
    ArrayLength,

    /// <summary>A string does not start with the byte order mark of UTF-8 (EF BB BF).</summary>
    StringMark,

    /// <summary>A string does not end with a zero byte.</summary>
    StringNotTerminated,

    /// <summary>A string has other bytes than zero behind its first zero byte.</summary>
    StringZeroInside,

    /// <summary>A string is no UTF-8.</summary>
    StringUtf8,

    /// <summary>A boolean is neither 0 nor 1.</summary>
    BooleanValue,

    /// <summary>A number above the last one of its enum. Refused as on DDS, where Cyclone refuses it.</summary>
    EnumValue,
}
