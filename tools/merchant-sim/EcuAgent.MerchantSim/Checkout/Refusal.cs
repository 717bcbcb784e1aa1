namespace EcuAgent.MerchantSim.Checkout;

/// <summary>Why an operation was not done at all; each protocol writes it in its own words.</summary>
/// <param name="Reason">Kind of refusal.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">For a person.</param>
/// <param name="Param">JSONPath of the field; null when it is about none.</param>
internal sealed record Refusal(RefusalReason Reason, string Code, string Message, string? Param = null);

/// <summary>Kind of refusal.</summary>
internal enum RefusalReason
{
    /// <summary>The request is wrong.</summary>
    Invalid,

    /// <summary>No such session or order.</summary>
    NotFound,

    /// <summary>The state does not allow it, and never will again.</summary>
    NotAllowed,

    /// <summary>Somebody else is at it; ask again soon.</summary>
    Busy,

    /// <summary>No room for more.</summary>
    Full,
}
