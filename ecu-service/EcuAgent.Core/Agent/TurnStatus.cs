namespace EcuAgent.Core.Agent;

/// <summary>How a turn ended.</summary>
public enum TurnStatus
{
    /// <summary>The calls were judged and, where allowed, carried out; look at each call for its outcome.</summary>
    Done,

    /// <summary>A question was asked; other calls of the same utterance may have been carried out.</summary>
    Asked,

    /// <summary>Too many utterances were waiting.</summary>
    Busy,

    /// <summary>Empty, too long, without id, or the id was there before. Nothing was said.</summary>
    Ignored,

    /// <summary>Another service may have carried it out; the person was told to look. Nothing was done.</summary>
    Interrupted,

    /// <summary>The model failed or did not answer in time; nothing was changed.</summary>
    ModelFailed,
}
