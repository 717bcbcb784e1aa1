namespace EcuAgent.Core.Commerce;

/// <summary>Makes answers.</summary>
public static class CommerceAnswers
{
    /// <summary>An answer with a value.</summary>
    public static CommerceAnswer<T> Done<T>(T value)
        where T : class
        => new(CommerceOutcome.Done, CommerceReasons.Done, value);

    /// <summary>A refusal: it has not happened.</summary>
    public static CommerceAnswer<T> Refused<T>(string reason)
        where T : class
        => new(CommerceOutcome.Refused, reason);

    /// <summary>It did not leave the car.</summary>
    public static CommerceAnswer<T> NotSent<T>(string reason)
        where T : class
        => new(CommerceOutcome.NotSent, reason);

    /// <summary>It may have happened.</summary>
    public static CommerceAnswer<T> Unknown<T>(string reason)
        where T : class
        => new(CommerceOutcome.Unknown, reason);
}
