namespace EcuAgent.Core.Commerce;

/// <summary>Where a checkout session stands, in words that all protocols share.</summary>
public enum CheckoutState
{
    /// <summary>A state that this version does not know.</summary>
    Unknown,

    /// <summary>Something is missing or cannot be had; the messages say what.</summary>
    Incomplete,

    /// <summary>Only a person at a screen can go on.</summary>
    NeedsPerson,

    /// <summary>A yes and a payment are all that is missing.</summary>
    Ready,

    /// <summary>Being completed; no second completion may be begun.</summary>
    Completing,

    /// <summary>Ordered and paid.</summary>
    Completed,

    /// <summary>Canceled; nothing was ordered.</summary>
    Canceled,

    /// <summary>Ran out; nothing was ordered.</summary>
    Expired,
}
