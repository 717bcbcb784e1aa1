namespace EcuAgent.Signals.Tests.Property;

internal enum Input
{
    Speed,
    Gear,
    Brake,
}

internal enum Fault
{
    None,
    NaN,
    OutOfRange,
    Invalid,
    E2e,
    Future,
    Late,
    TooOld,
    Repeat,
    Unprotected,
}

/// <summary>One sample as it reaches the state.</summary>
/// <param name="AtMs">Time of arrival.</param>
/// <param name="SourceTimeMs">Time stamp by the sender.</param>
/// <param name="Value">km/h, gear number, or 1 for a held brake.</param>
internal sealed record Delivery(int AtMs, int SourceTimeMs, Input Input, ushort Source, uint Sequence, Fault Fault, double Value);
