namespace EcuAgent.E2E;

/// <summary>Byte order of the CRC in the header of P05.</summary>
public enum P05ByteOrder
{
    /// <summary>As AUTOSAR has it.</summary>
    LittleEndian = 0,

    /// <summary>Dialect of vsomeip.</summary>
    BigEndian = 1,
}
