using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EcuAgent.Core.Replies;

/// <summary>
/// What somebody else wrote, made fit to be quoted by a voice: one line, bounded, without signs that control a terminal, a direction of writing or a
/// speech synthesizer, and without a mark that would end the quotation. Pure.
/// </summary>
internal static class Quotation
{
    /// <summary>Most characters.</summary>
    public const int Longest = 300;

    private const int MostSentences = 4;
    private const string Ends = ".!?。！？";
    private const string More = "…";

    /// <summary>The text to quote; empty where there is none.</summary>
    /// <param name="lines">What was written.</param>
    /// <param name="maxSentences">Most sentences; null for no limit of the gate.</param>
    public static string Of(IReadOnlyList<string> lines, int? maxSentences)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            Add(text, line);
            if (text.Length > Longest)
            {
                break;
            }
        }

        return Bounded(text.ToString().TrimEnd(), Math.Clamp(maxSentences ?? MostSentences, 1, MostSentences));
    }

    private static void Add(StringBuilder text, string line)
    {
        // Data is told as its words: {"temperature":21} is "temperature: 21".
        var isData = IsData(line);
        var isGap = text.Length > 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (text.Length > Longest)
            {
                return;
            }

            if (IsGap(rune, isData))
            {
                isGap = true;
                continue;
            }

            if (!IsSpoken(rune) || (isData && rune.Value == '"'))
            {
                continue;
            }

            if (isGap && text.Length > 0)
            {
                text.Append(' ');
            }

            isGap = isData && rune.Value is ',' or ':';
            text.Append(rune.Value is '"' or '“' or '”' or '„' or '«' or '»' or '「' or '」' or '『' or '』' ? "'" : rune.ToString());
        }
    }

    private static bool IsGap(Rune rune, bool isData) =>
        Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || rune.Value is '<' or '>' || (isData && rune.Value is '{' or '}' or '[' or ']');

    private static bool IsSpoken(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    private static bool IsData(string line)
    {
        if (line.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Bounded(string text, int sentences)
    {
        var end = EndOf(text, sentences);
        if (end <= Longest)
        {
            var whole = text[..end];
            return end < text.Length ? whole.TrimEnd('.', '。') + More : whole.TrimEnd('.', '。');
        }

        var space = text.LastIndexOf(' ', Longest - 1, 40);
        var cut = space > 0 ? space : char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return text[..cut].TrimEnd() + More;
    }

    // Behind the last of so many sentences; "3.5" ends none.
    private static int EndOf(string text, int sentences)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Ends.Contains(text[i], StringComparison.Ordinal) && (i + 1 == text.Length || text[i + 1] == ' ' || text[i] > 0x7f) && --sentences == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }
}
