namespace EcuAgent.Eval.Scoring;

/// <summary>How one utterance ended.</summary>
internal enum ItemStatus
{
    /// <summary>The model answered with at least one call.</summary>
    Planned,

    /// <summary>The model answered without any call.</summary>
    NoCalls,

    /// <summary>The model did not answer within the agent's limit.</summary>
    TimedOut,

    /// <summary>The model failed.</summary>
    Failed,

    /// <summary>The text is longer than the service takes; the model was not asked.</summary>
    TooLong,
}
