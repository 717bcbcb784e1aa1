namespace EcuAgent.Signals;

/// <summary>What the sender says about its own value. Numbers equal <c>ecu::v1::Validity</c>.</summary>
public enum SampleValidity
{
    /// <summary>Not told. Counts as invalid.</summary>
    Unknown = 0,

    /// <summary>The value may be used.</summary>
    Valid = 1,

    /// <summary>The value must not be used.</summary>
    Invalid = 2,

    /// <summary>The vehicle does not have this value at the moment.</summary>
    NotAvailable = 3,
}
