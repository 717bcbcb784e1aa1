namespace EcuAgent.Signals;

/// <summary>What every sample carries besides its values.</summary>
/// <param name="Source">The sender.</param>
/// <param name="SourceTimeUnixNanoseconds">UTC at the sender, ns since 1970.</param>
/// <param name="ArrivalTimestamp">When we took it: <see cref="TimeProvider.GetTimestamp"/> of the provider that the state uses.</param>
/// <param name="Sequence">The sender's counter, from 1; 4294967295 is followed by 0.</param>
/// <param name="Validity">The sender's own word on the value.</param>
/// <param name="E2e">Result of the end-to-end check.</param>
public readonly record struct SampleEnvelope(
    SourceId Source,
    long SourceTimeUnixNanoseconds,
    long ArrivalTimestamp,
    uint Sequence,
    SampleValidity Validity,
    E2eStatus E2e = E2eStatus.NotUsed);
