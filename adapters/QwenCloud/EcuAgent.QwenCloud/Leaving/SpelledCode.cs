using System.Buffers;
using System.Text.RegularExpressions;

namespace EcuAgent.QwenCloud.Leaving;

/// <summary>
/// Finds codes that are spelled or written in groups: "M-AB 1234", "WVWZZZ 1JZXW 386752", "w v w one two three four". Seven signs and more,
/// at least three digits and one letter among them. Groups of letters belong to a code only where the text tells capitals apart. Pure.
/// </summary>
internal static partial class SpelledCode
{
    private const int FewestSigns = 7;
    private const int FewestDigits = 3;
    private const int LongestGroupOfLetters = 6;
    private const int LongestGap = 2;

    private static readonly SearchValues<char> Marks = SearchValues.Create(" -.,·/");

    /// <summary>Start and end of each code.</summary>
    public static IEnumerable<(int Start, int End)> In(string text)
    {
        var capitalsTell = text.Any(char.IsAsciiLetterLower);
        var run = new List<Match>();
        foreach (Match token in Token().Matches(text))
        {
            if (!IsPart(token.Value, capitalsTell) || (run.Count > 0 && !IsGap(text.AsSpan(run[^1].Index + run[^1].Length, token.Index - run[^1].Index - run[^1].Length))))
            {
                if (Span(run) is { } found)
                {
                    yield return found;
                }

                run.Clear();
            }

            if (IsPart(token.Value, capitalsTell))
            {
                run.Add(token);
            }
        }

        if (Span(run) is { } last)
        {
            yield return last;
        }
    }

    private static bool IsPart(string token, bool capitalsTell) =>
        token.Length == 1
        || token.Any(char.IsAsciiDigit)
        || NumberWord.DigitsOf(token) > 0
        || (capitalsTell && token.Length <= LongestGroupOfLetters && token.All(char.IsAsciiLetterUpper));

    private static bool IsGap(ReadOnlySpan<char> gap) => gap.Length is > 0 and <= LongestGap && gap.IndexOfAnyExcept(Marks) < 0;

    private static (int Start, int End)? Span(List<Match> run)
    {
        // "I" and "a" are words as well.
        var parts = run.SkipWhile(IsWord).Reverse().SkipWhile(IsWord).Reverse().ToList();
        var digits = parts.Sum(part => Math.Max(NumberWord.DigitsOf(part.Value), part.Value.Count(char.IsAsciiDigit)));
        var letters = parts.Where(part => NumberWord.DigitsOf(part.Value) == 0).Sum(part => part.Value.Count(char.IsAsciiLetter));
        return digits >= FewestDigits && letters > 0 && digits + letters >= FewestSigns
            ? (parts[0].Index, parts[^1].Index + parts[^1].Length)
            : null;
    }

    private static bool IsWord(Match part) => part.Value is "I" or "i" or "a" or "A";

    [GeneratedRegex("[A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
