namespace EcuAgent.E2E;

/// <summary>What became of a message to be protected.</summary>
public enum E2eProtectStatus
{
    /// <summary>Its header is written; the counter went on.</summary>
    Protected = 0,

    /// <summary>Refused: shorter than offset and header, or than the shortest allowed. Nothing was written, the counter stands.</summary>
    TooShort = 1,

    /// <summary>Refused: longer than allowed. Nothing was written, the counter stands.</summary>
    TooLong = 2,
}
