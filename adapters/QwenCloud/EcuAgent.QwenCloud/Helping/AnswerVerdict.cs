namespace EcuAgent.QwenCloud.Helping;

/// <summary>What an answer from outside is worth.</summary>
internal enum AnswerVerdict
{
    /// <summary>It is valid and does something: it takes the place of the local answer.</summary>
    Answered,

    /// <summary>It has no call.</summary>
    AnswerWithoutCall,

    /// <summary>It has more calls than the catalogue allows for one utterance.</summary>
    AnswerTooManyCalls,

    /// <summary>A call names no tool of the catalogue or breaks its schema.</summary>
    AnswerInvalid,

    /// <summary>A call is of a class that is never asked outside: commit or setup.</summary>
    AnswerForbidden,

    /// <summary>It asks back or refuses, as the local model did.</summary>
    AnswerNoBetter,
}
