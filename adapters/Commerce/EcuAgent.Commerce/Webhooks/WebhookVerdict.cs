namespace EcuAgent.Commerce.Webhooks;

/// <summary>What became of an order event.</summary>
public enum WebhookVerdict
{
    /// <summary>Genuine and new.</summary>
    Accepted,

    /// <summary>Genuine, and taken before.</summary>
    Duplicate,

    /// <summary>Genuine, and older than what was taken for the same order.</summary>
    Late,

    /// <summary>Genuine and new, but too much was waiting already; not taken, so that it may be sent again.</summary>
    NoRoom,

    /// <summary>Genuine, and of a type that is not about an order's progress.</summary>
    Ignored,

    /// <summary>Signature missing, malformed, wrong, too old or from the future; or the merchant sends no events.</summary>
    NotGenuine,

    /// <summary>Signed rightly, but not an order event of its protocol.</summary>
    NotUnderstood,
}
