namespace EcuAgent.MerchantSim.Faults;

/// <summary>What can go wrong on purpose; named in snake case on the wire.</summary>
public enum FaultKind
{
    /// <summary>Waits before the request is looked at, then goes on; also when the client has gone.</summary>
    Delay,

    /// <summary>Waits before the request is looked at until it is released.</summary>
    Stall,

    /// <summary>Waits while the request is worked on, for a time or until it is released: its key is in flight, a session that is completed is in progress.</summary>
    Slow,

    /// <summary>Does the work and holds the answer back until it is released.</summary>
    StallAnswer,

    /// <summary>Resets the connection; nothing was done.</summary>
    ResetBefore,

    /// <summary>Does the work, keeps the answer for its key, and resets the connection instead of answering.</summary>
    ResetAfter,

    /// <summary>Does the work and cuts the connection after some bytes of the answer's body.</summary>
    CutAnswer,

    /// <summary>Answers with a server error; nothing was done.</summary>
    ErrorBefore,

    /// <summary>Does the work and answers with a server error, which is not kept for the key.</summary>
    ErrorAfter,

    /// <summary>Does the work and answers with bytes that are not JSON.</summary>
    GarbageBody,

    /// <summary>Does the work and answers with the first half of the JSON, as if that were all.</summary>
    TruncatedJson,

    /// <summary>Does the work and answers with the right body as <c>text/html</c>.</summary>
    WrongContentType,

    /// <summary>Does the work and puts very much white space in front of the answer.</summary>
    HugeBody,

    /// <summary>Sends the client elsewhere; nothing was done.</summary>
    Redirect,

    /// <summary>Does the work and adds fields that no version of the protocol has.</summary>
    UnknownFields,

    /// <summary>Does the work and answers with a status that no version of the protocol has.</summary>
    UnknownStatus,

    /// <summary>Raises the prices of what is in the session just before the request is worked on.</summary>
    PriceChange,

    /// <summary>Sells out what is in the session just before the request is worked on.</summary>
    OutOfStock,

    /// <summary>Sends the order event twice.</summary>
    WebhookDuplicate,

    /// <summary>Sends the order event after the next one.</summary>
    WebhookReorder,

    /// <summary>Signs the order event with a wrong secret.</summary>
    WebhookForge,

    /// <summary>Signs the order event rightly, but with a time an hour ago.</summary>
    WebhookStale,

    /// <summary>Does not send the order event.</summary>
    WebhookDrop,
}
