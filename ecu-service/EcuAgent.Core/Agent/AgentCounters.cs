namespace EcuAgent.Core.Agent;

/// <summary>Counters of the agent since its start.</summary>
public sealed record AgentCounters
{
    /// <summary>Utterances handed in.</summary>
    public long UtterancesReceived { get; init; }

    /// <summary>Refused with "one moment" because too many were waiting.</summary>
    public long UtterancesDropped { get; init; }

    /// <summary>Ignored: empty, too long, without id.</summary>
    public long UtterancesMalformed { get; init; }

    /// <summary>Ignored: the id was there before.</summary>
    public long UtterancesRepeated { get; init; }

    /// <summary>Answered with a question because the recognizer was not sure.</summary>
    public long UtterancesUnclear { get; init; }

    /// <summary>The model threw.</summary>
    public long ModelFailures { get; init; }

    /// <summary>The model did not answer in time.</summary>
    public long ModelTimeouts { get; init; }

    /// <summary>The model proposed nothing.</summary>
    public long ModelNoCalls { get; init; }

    /// <summary>Calls proposed by the model, those too many included.</summary>
    public long CallsProposed { get; init; }

    /// <summary>Calls that broke the schema.</summary>
    public long CallsInvalid { get; init; }

    /// <summary>Calls beyond the catalogue's limit for one utterance.</summary>
    public long CallsTooMany { get; init; }

    /// <summary>Calls left out because an earlier call of the same utterance says the same.</summary>
    public long CallsRepeated { get; init; }

    /// <summary>Calls that the gate refused, at proposal or at commit.</summary>
    public long CallsDenied { get; init; }

    /// <summary>Calls that wait for the car to be parked.</summary>
    public long CallsDeferred { get; init; }

    /// <summary>Calls that failed for a fault of ours.</summary>
    public long CallsFaulted { get; init; }

    /// <summary>Commands that the transport took.</summary>
    public long CommandsSent { get; init; }

    /// <summary>Commands that were not sent: table full, no peer, refused.</summary>
    public long CommandsNotSent { get; init; }

    /// <summary>Completed commands that the ECU's state confirmed.</summary>
    public long ReadBacksConfirmed { get; init; }

    /// <summary>Completed commands that the ECU's state did not show in time, or contradicted.</summary>
    public long ReadBacksMissing { get; init; }

    /// <summary>Place queries without an answer.</summary>
    public long PlaceFailures { get; init; }

    /// <summary>Answers to questions that are not open.</summary>
    public long AnswersUnmatched { get; init; }

    /// <summary>Replies spoken.</summary>
    public long Replies { get; init; }

    /// <summary>Exceptions of reply, decision or order ports.</summary>
    public long PortFailures { get; init; }
}
