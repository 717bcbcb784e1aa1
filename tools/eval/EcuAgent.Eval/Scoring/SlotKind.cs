namespace EcuAgent.Eval.Scoring;

/// <summary>What became of one argument.</summary>
internal enum SlotKind
{
    /// <summary>Wanted and proposed with an equal value.</summary>
    Right,

    /// <summary>Wanted and proposed with another value.</summary>
    Wrong,

    /// <summary>Wanted and not proposed, or its call was not.</summary>
    Missing,

    /// <summary>Proposed and not wanted, or its call is not.</summary>
    Extra,
}
