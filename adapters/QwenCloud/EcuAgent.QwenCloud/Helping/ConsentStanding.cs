namespace EcuAgent.QwenCloud.Helping;

/// <summary>What a standing consent is worth now. Its code stands in the state on disk and in the log.</summary>
internal enum ConsentStanding
{
    /// <summary>A yes to exactly these terms.</summary>
    Yes,

    /// <summary>There is none.</summary>
    None,

    /// <summary>It was taken back.</summary>
    Revoked,

    /// <summary>It is too old.</summary>
    Expired,

    /// <summary>It is for another endpoint, or for other fields.</summary>
    OtherTerms,

    /// <summary>It was given during the present drive; a set-up act counts from the next standstill.</summary>
    GivenWhileMoving,
}
