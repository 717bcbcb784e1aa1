namespace EcuAgent.Signals;

/// <summary>Whether a signal may be used, and if not, why.</summary>
public enum SignalQuality
{
    /// <summary>No source has ever sent it. This is not zero.</summary>
    NeverReceived = 0,

    /// <summary>Fresh and good.</summary>
    Valid = 1,

    /// <summary>The sender calls it invalid, unknown or not available.</summary>
    Invalid = 2,

    /// <summary>A value was outside its range.</summary>
    OutOfRange = 3,

    /// <summary>A value was NaN or infinite.</summary>
    NotFinite = 4,

    /// <summary>Over its maximum age.</summary>
    Stale = 5,

    /// <summary>The sender's clock is ahead of ours by more than the tolerance.</summary>
    FutureTime = 6,

    /// <summary>The sender's counter stands still.</summary>
    SequenceStuck = 7,

    /// <summary>The end-to-end check failed.</summary>
    E2eFailed = 8,

    /// <summary>The adapter reported the source as lost, and no sample came since.</summary>
    SourceLost = 9,

    /// <summary>More sources send it than the table holds.</summary>
    SourceTableFull = 10,

    /// <summary>Valid sources contradict each other.</summary>
    SourcesDisagree = 11,

    /// <summary>End-to-end protection is required and the sample had none.</summary>
    E2eMissing = 12,
}
