namespace EcuAgent.Signals;

/// <summary>What became of one sample.</summary>
public enum SampleVerdict
{
    /// <summary>It is the newest evidence of its source.</summary>
    Accepted = 0,

    /// <summary>The sender says that the value is not valid, or Unknown. The source has no evidence until its next good sample.</summary>
    NotValid = 1,

    /// <summary>A value is outside its range, or an enumeration number is not defined. The source has no evidence.</summary>
    OutOfRange = 2,

    /// <summary>A value is NaN or infinite where that is not allowed. The source has no evidence.</summary>
    NotFinite = 3,

    /// <summary>It was over its maximum age when it arrived. The source's evidence is stale.</summary>
    TooOld = 4,

    /// <summary>Its source time is further ahead of our UTC than the tolerance: the sender's clock cannot be trusted, the source has no evidence.</summary>
    FutureSourceTime = 5,

    /// <summary>Its end-to-end check failed. The source has no evidence.</summary>
    E2eFailed = 6,

    /// <summary>Its source time is not newer than that of a sample already taken. Dropped.</summary>
    OutOfOrder = 7,

    /// <summary>The very sample (source time and counter) was taken already. Dropped.</summary>
    Repeated = 8,

    /// <summary>A newer source time with an unchanged counter above 1: the sender is stuck. The source has no evidence.</summary>
    SequenceStuck = 9,

    /// <summary>More sources than the table holds. Dropped; the signal counts as missing while the extra source goes on sending.</summary>
    SourceTableFull = 10,

    /// <summary>End-to-end protection is required of this signal and the sample had none. The source has no evidence.</summary>
    E2eMissing = 11,
}
