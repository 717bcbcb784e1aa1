namespace EcuAgent.E2E;

/// <summary>State of the reception over a window of checks.</summary>
public enum E2eState
{
    /// <summary>No intact message yet.</summary>
    NoData = 0,

    /// <summary>Intact messages come; too few are good so far.</summary>
    Init = 1,

    /// <summary>Enough good messages and few enough errors.</summary>
    Valid = 2,

    /// <summary>Too few good messages or too many errors.</summary>
    Invalid = 3,
}
