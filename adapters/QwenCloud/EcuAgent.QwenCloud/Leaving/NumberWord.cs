namespace EcuAgent.QwenCloud.Leaving;

/// <summary>English words for numbers, and how many digits they stand for. Pure.</summary>
internal static class NumberWord
{
    private static readonly Dictionary<string, int> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zero"] = 1, ["oh"] = 1, ["one"] = 1, ["two"] = 1, ["three"] = 1, ["four"] = 1, ["five"] = 1, ["six"] = 1, ["seven"] = 1, ["eight"] = 1, ["nine"] = 1,
        ["niner"] = 1, ["ten"] = 2, ["eleven"] = 2, ["twelve"] = 2, ["thirteen"] = 2, ["fourteen"] = 2, ["fifteen"] = 2, ["sixteen"] = 2, ["seventeen"] = 2,
        ["eighteen"] = 2, ["nineteen"] = 2, ["twenty"] = 2, ["thirty"] = 2, ["forty"] = 2, ["fifty"] = 2, ["sixty"] = 2, ["seventy"] = 2, ["eighty"] = 2,
        ["ninety"] = 2, ["double"] = 2, ["triple"] = 3,
    };

    /// <summary>Digits of a word; 0 for a word that is none.</summary>
    public static int DigitsOf(string word) => Words.GetValueOrDefault(word);
}
