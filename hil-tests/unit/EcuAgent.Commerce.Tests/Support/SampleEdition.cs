namespace EcuAgent.Commerce.Tests.Support;

/// <summary>The editions of UCP's published sample merchant that differ for a client. Public: tests name them.</summary>
public enum SampleEdition
{
    /// <summary>Version 2026-01-11: lists, <c>payment_data</c>, errors without a code.</summary>
    First,

    /// <summary>Version 2026-04-08: records, instruments, errors without a code.</summary>
    Second,

    /// <summary>The same with errors in UCP's own form.</summary>
    SecondWithCodes,
}
