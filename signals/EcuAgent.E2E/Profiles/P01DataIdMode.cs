namespace EcuAgent.E2E;

/// <summary>Which part of the data id goes into the CRC of P01.</summary>
public enum P01DataIdMode
{
    /// <summary>Both bytes, the low one first.</summary>
    Both = 0,

    /// <summary>The low byte with even counters, the high byte with odd ones.</summary>
    Alternating = 1,

    /// <summary>The low byte alone.</summary>
    Low = 2,

    /// <summary>The low byte, then a zero; the low nibble of the high byte is sent.</summary>
    Nibble = 3,
}
