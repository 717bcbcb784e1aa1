namespace EcuAgent.Qwen.Grammar;

/// <summary>What an argument may be.</summary>
internal abstract record ValueRule
{
    private ValueRule()
    {
    }

    /// <summary>One of a few strings.</summary>
    internal sealed record Choice(IReadOnlyList<string> Values) : ValueRule;

    /// <summary>true or false.</summary>
    internal sealed record Truth : ValueRule;

    /// <summary>Multiples of Step from Minimum to Maximum, written in shortest form.</summary>
    internal sealed record Number(decimal Minimum, decimal Maximum, decimal Step) : ValueRule;

    /// <summary>Any string of so many code points.</summary>
    internal sealed record FreeText(int MinLength, int MaxLength) : ValueRule;

    /// <summary>Words of the utterance as they stand there, at most so many code points.</summary>
    internal sealed record CopiedText(int MaxLength) : ValueRule;
}
