namespace EcuAgent.Bench.Qwen;

/// <summary>What an answer may save against the plain loop.</summary>
[Flags]
internal enum Saving
{
    None = 0,

    /// <summary>The cache of the prompt's beginning.</summary>
    Prefix = 1,

    /// <summary>Model steps for tokens that the grammar fixes.</summary>
    Forced = 2,

    /// <summary>Logits of tokens that the grammar forbids.</summary>
    Head = 4,

    /// <summary>Steps inside copied texts, which are guessed and checked in one run.</summary>
    Guess = 8,

    All = Prefix | Forced | Head | Guess,
}
