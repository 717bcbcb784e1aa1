namespace EcuAgent.Core.Commerce;

/// <summary>What is known after a request to a merchant or to a payment provider.</summary>
public enum CommerceOutcome
{
    /// <summary>Nothing is known: no answer, a broken one, or an error of the server. It may have happened.</summary>
    Unknown,

    /// <summary>It was answered and done; the value is there.</summary>
    Done,

    /// <summary>It was answered with a refusal. It has not happened and will not.</summary>
    Refused,

    /// <summary>It did not leave the car. It has not happened and will not.</summary>
    NotSent,
}
