namespace EcuAgent.Core.Agent;

/// <summary>Index of one counter; the names are those of <see cref="AgentCounters"/>.</summary>
internal enum AgentCount
{
    UtterancesReceived,
    UtterancesDropped,
    UtterancesMalformed,
    UtterancesRepeated,
    UtterancesUnclear,
    ModelFailures,
    ModelTimeouts,
    ModelNoCalls,
    CallsProposed,
    CallsInvalid,
    CallsTooMany,
    CallsRepeated,
    CallsDenied,
    CallsDeferred,
    CallsFaulted,
    CommandsSent,
    CommandsNotSent,
    ReadBacksConfirmed,
    ReadBacksMissing,
    PlaceFailures,
    AnswersUnmatched,
    Replies,
    PortFailures,
}
