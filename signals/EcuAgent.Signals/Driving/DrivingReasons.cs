namespace EcuAgent.Signals;

/// <summary>Why the driving state is what it is. Several at once are common.</summary>
[Flags]
public enum DrivingReasons
{
    /// <summary>Nothing was judged yet.</summary>
    None = 0,

    /// <summary>No speed was ever received, or its source was lost.</summary>
    SpeedMissing = 1 << 0,

    /// <summary>The speed is over its maximum age.</summary>
    SpeedStale = 1 << 1,

    /// <summary>The newest speed is invalid, out of range, not finite, failed E2E or has an impossible time or counter.</summary>
    SpeedInvalid = 1 << 2,

    /// <summary>No gear was ever received, or its source was lost.</summary>
    GearMissing = 1 << 3,

    /// <summary>The gear is over its maximum age.</summary>
    GearStale = 1 << 4,

    /// <summary>The newest gear is Unknown or cannot be used.</summary>
    GearInvalid = 1 << 5,

    /// <summary>No parking brake state was ever received, or its source was lost.</summary>
    BrakeMissing = 1 << 6,

    /// <summary>The parking brake state is over its maximum age.</summary>
    BrakeStale = 1 << 7,

    /// <summary>The newest parking brake state cannot be used.</summary>
    BrakeInvalid = 1 << 8,

    /// <summary>More sources send an input than the table holds.</summary>
    SourceTableFull = 1 << 9,

    /// <summary>End-to-end protection is required of an input, and its newest sample had none.</summary>
    InputUnprotected = 1 << 10,

    /// <summary>The highest valid absolute speed is at or above the standstill limit.</summary>
    AboveStandstill = 1 << 11,

    /// <summary>The gear is not in Park.</summary>
    NotInPark = 1 << 12,

    /// <summary>The parking brake is off.</summary>
    BrakeReleased = 1 << 13,

    /// <summary>The gear is in Park.</summary>
    GearPark = 1 << 14,

    /// <summary>The parking brake is on.</summary>
    BrakeEngaged = 1 << 15,

    /// <summary>Park, or a held brake, at a speed above the contradiction limit.</summary>
    Contradiction = 1 << 16,

    /// <summary>Sources of gear or brake contradict each other; the one that does not park counts.</summary>
    SourcesDisagree = 1 << 17,

    /// <summary>A looser state is held back until its dwell is over.</summary>
    LooseningDwell = 1 << 18,

    /// <summary>A looser state is held back because one of several sources of an input gives no evidence.</summary>
    SourceSilent = 1 << 19,
}
