namespace EcuAgent.Core.Tests.Commerce;

/// <summary>What happens to one request.</summary>
public enum Fault
{
    None,

    /// <summary>It does not leave the car.</summary>
    NotSent,

    /// <summary>It gets lost on the way there.</summary>
    LostRequest,

    /// <summary>It is carried out; the answer gets lost.</summary>
    LostAnswer,

    /// <summary>The merchant refuses it.</summary>
    Refused,

    /// <summary>The client throws after it was carried out.</summary>
    Thrown,

    /// <summary>The price is another from now on; then as usual.</summary>
    PriceChange,

    /// <summary>The merchant takes its time to complete; carried out at the next look.</summary>
    Slow,

    /// <summary>No answer comes; the request is carried out only after the next three, whatever came of those.</summary>
    Late,

    /// <summary>No answer comes, for ever; nothing was carried out.</summary>
    Silent,

    /// <summary>The program dies before the request leaves.</summary>
    CrashBefore,

    /// <summary>The program dies after it was carried out.</summary>
    CrashAfter,
}
