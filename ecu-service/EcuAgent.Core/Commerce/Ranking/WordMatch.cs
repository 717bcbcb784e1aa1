using System.Globalization;
using System.Text;

namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>
/// How many of the words that were said occur in a name or title. Case, accents and punctuation do not count. Chinese has no blanks between
/// words: a run of Han characters or kana counts as its overlapping pairs. Nothing here depends on a culture.
/// </summary>
internal static class WordMatch
{
    // "pizzas" means the pizza, but "car" not the carpet: shorter words have to be equal.
    private const int LeastLengthOfABeginning = 4;

    private const int FirstCombiningMark = 0x0300;
    private const int LastCombiningMark = 0x036F;

    /// <summary>Words of <paramref name="wanted"/>, each once, in order.</summary>
    public static IReadOnlyList<string> Words(string wanted)
    {
        var words = new List<string>();
        foreach (var run in Runs(wanted))
        {
            if (!run.IsHan || run.Text.Length <= 2)
            {
                words.Add(run.Text);
                continue;
            }

            for (var i = 0; i + 1 < run.Text.Length; i++)
            {
                words.Add(run.Text.Substring(i, 2));
            }
        }

        return [.. words.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>How many of <paramref name="words"/> occur in <paramref name="text"/>.</summary>
    public static int Count(IReadOnlyList<string> words, string text)
    {
        var runs = Runs(text);
        return words.Count(word => runs.Exists(run => Fits(word, run)));
    }

    /// <summary>True when both are the same words in the same order.</summary>
    public static bool AreEqual(string one, string other) => Runs(one).Select(run => run.Text).SequenceEqual(Runs(other).Select(run => run.Text), StringComparer.Ordinal);

    /// <summary>True when all words of <paramref name="said"/> occur in <paramref name="name"/>; something must have been said.</summary>
    public static bool IsNamed(string said, string name)
    {
        var words = Words(said);
        return words.Count > 0 && Count(words, name) == words.Count;
    }

    private static bool Fits(string word, Run run) => run.IsHan
        ? run.Text.Contains(word, StringComparison.Ordinal)
        : word == run.Text || Begins(word, run.Text) || Begins(run.Text, word);

    private static bool Begins(string word, string start) =>
        start.Length >= LeastLengthOfABeginning && word.StartsWith(start, StringComparison.Ordinal);

    private static List<Run> Runs(string text)
    {
        var runs = new List<Run>();
        var run = new StringBuilder();
        var isHan = false;
        foreach (var rune in Plain(text).EnumerateRunes())
        {
            // Vowel and voicing signs of other scripts belong to the letter before.
            var goesOn = run.Length > 0 && (IsMark(rune) || (Rune.IsLetterOrDigit(rune) && IsHan(rune) == isHan));
            if (run.Length > 0 && !goesOn)
            {
                runs.Add(new Run(run.ToString(), isHan));
                run.Clear();
            }

            if (!goesOn && Rune.IsLetterOrDigit(rune))
            {
                isHan = IsHan(rune);
                goesOn = true;
            }

            if (goesOn)
            {
                run.Append(rune.ToString());
            }
        }

        if (run.Length > 0)
        {
            runs.Add(new Run(run.ToString(), isHan));
        }

        return runs;
    }

    /// <summary>In lower case, without accents and apostrophes.</summary>
    private static string Plain(string text)
    {
        // Enumerating replaces what is no Unicode, such as half of a surrogate pair from a broken server: Normalize would throw.
        var decomposed = string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormKD);
        var plain = string.Concat(decomposed.EnumerateRunes().Where(rune => !IsAccent(rune) && rune.Value is not ('\'' or '’')));

        // Together again: kana and Hangul are decomposed as well, and their signs are no accents.
        return plain.Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    private static bool IsAccent(Rune rune) => rune.Value is >= FirstCombiningMark and <= LastCombiningMark;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // .NET knows no scripts; Han characters and kana are the letters of these blocks.
    private static bool IsHan(Rune rune) => Rune.IsLetter(rune) && rune.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or >= 0x20000;

    private readonly record struct Run(string Text, bool IsHan);
}
