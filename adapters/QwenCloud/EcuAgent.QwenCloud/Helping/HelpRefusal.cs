namespace EcuAgent.QwenCloud.Helping;

/// <summary>Why a request that is beyond the local model stayed in the car.</summary>
internal enum HelpRefusal
{
    /// <summary>A question before a commit is open: what is said now may belong to it.</summary>
    QuestionOpen,

    /// <summary>The policy does not allow it in this driving state.</summary>
    PolicyForbids,

    /// <summary>The owner has not said yes.</summary>
    ConsentMissing,

    /// <summary>The owner took the yes back.</summary>
    ConsentRevoked,

    /// <summary>The yes is too old.</summary>
    ConsentExpired,

    /// <summary>The yes is for another endpoint, or for other fields than would leave now.</summary>
    ConsentForOtherTerms,

    /// <summary>The yes was given during the present drive: it counts from the next standstill.</summary>
    ConsentGivenWhileMoving,

    /// <summary>There is no key.</summary>
    KeyMissing,

    /// <summary>No network interface is up.</summary>
    Offline,

    /// <summary>The endpoint asked to be left alone.</summary>
    HeldOff,

    /// <summary>Too many requests failed of late.</summary>
    CircuitOpen,

    /// <summary>Too little of the agent's budget is left.</summary>
    NoTimeLeft,

    /// <summary>The record cannot be written.</summary>
    RecordUnavailable,
}
