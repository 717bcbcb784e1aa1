namespace EcuAgent.E2E;

/// <summary>The AUTOSAR profiles that this library has.</summary>
public enum E2eProfile
{
    /// <summary>CRC of 8 bits, counter of 4 bits, data id of 16 bits not sent (or a nibble of it).</summary>
    P01 = 1,

    /// <summary>CRC of 8 bits, counter of 4 bits, list of 16 data ids.</summary>
    P02 = 2,

    /// <summary>Length and counter of 16 bits, data id and CRC of 32 bits.</summary>
    P04 = 4,

    /// <summary>CRC of 16 bits, counter of 8 bits, data id of 16 bits not sent.</summary>
    P05 = 5,

    /// <summary>CRC of 64 bits; length, counter and data id of 32 bits.</summary>
    P07 = 7,
}
