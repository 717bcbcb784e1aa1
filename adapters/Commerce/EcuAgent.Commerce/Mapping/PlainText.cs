using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EcuAgent.Commerce.Mapping;

/// <summary>Makes a merchant's text fit for a line on a screen and for a voice: one line, bounded, without control characters and without Markdown's signs.</summary>
internal static partial class PlainText
{
    private const string Cut = "…";

    internal static string Of(string? text, int most, bool isMarkdown = false)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        // Bounded before anything else works on it.
        var raw = text.Length > most * 4 ? text[..(most * 4)] : text;
        var shown = isMarkdown ? MarkdownSigns().Replace(MarkdownLink().Replace(raw, "$1"), "") : raw;
        var line = new StringBuilder(shown.Length);
        foreach (var c in shown)
        {
            var isGap = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isGap && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                line.Append(c);
            }
            else if (isGap && line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        var clean = line.ToString().TrimEnd();
        return clean.Length <= most ? clean : Shortened(clean, most - Cut.Length) + Cut;
    }

    private static string Shortened(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    [GeneratedRegex(@"!?\[([^\[\]]{0,400})\]\([^()]{0,400}\)", RegexOptions.CultureInvariant)]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(@"[*_`#>~|\\]+", RegexOptions.CultureInvariant)]
    private static partial Regex MarkdownSigns();
}
