namespace EcuAgent.Core.Tools;

/// <summary>
/// What a slot of a sentence may hold: the limit that the file sets for the argument. With <see cref="Values"/> one of them, with a bound a number,
/// else a text.
/// </summary>
/// <param name="Lowest">Least number; null for none.</param>
/// <param name="Highest">Largest number; null for none.</param>
/// <param name="Longest">Most characters of a text; null for none but <see cref="LongestText"/>.</param>
/// <param name="Values">The only texts that are allowed, as they are sent; null where any is.</param>
public sealed record ToolSlot(double? Lowest, double? Highest, int? Longest, IReadOnlyList<string>? Values)
{
    /// <summary>Most characters of all that is said into the slots of one sentence, so that it can be read back as a whole.</summary>
    public const int LongestText = 200;

    /// <summary>What is sent for words that were said: a text or a number; null where they do not fit.</summary>
    internal object? Read(string said)
    {
        if (Values is { } values)
        {
            return values.FirstOrDefault(value => string.Equals(SaidText.Clean(value), said, StringComparison.OrdinalIgnoreCase));
        }

        if (Lowest is not null || Highest is not null)
        {
            return SpokenNumber.Read(said) is { } number && !((double)number < Lowest) && !((double)number > Highest) ? number : null;
        }

        return said.Length <= (Longest ?? LongestText) ? said : null;
    }
}
