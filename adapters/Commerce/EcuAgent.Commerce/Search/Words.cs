using System.Globalization;
using System.Text;

namespace EcuAgent.Commerce.Search;

/// <summary>
/// Text made comparable: case, accents and width do not count. Words are runs of letters and digits; scripts that write no gaps between words
/// are kept as runs, to be looked for as parts.
/// </summary>
internal static class Words
{
    /// <summary>The words of a text and its unspaced runs, in order.</summary>
    internal static (List<string> Words, List<string> Runs) Of(string text)
    {
        var words = new List<string>();
        var runs = new List<string>();
        var present = new StringBuilder();
        var isRun = false;
        foreach (var rune in Folded(text).EnumerateRunes())
        {
            var isUnspaced = IsUnspaced(rune.Value);
            var belongs = isUnspaced || Rune.IsLetterOrDigit(rune);
            if (present.Length > 0 && (!belongs || isUnspaced != isRun))
            {
                (isRun ? runs : words).Add(present.ToString());
                present.Clear();
            }

            if (belongs)
            {
                isRun = isUnspaced;
                present.Append(rune);
            }
        }

        if (present.Length > 0)
        {
            (isRun ? runs : words).Add(present.ToString());
        }

        return (words, runs);
    }

    /// <summary>True for the same word, in singular or plural.</summary>
    internal static bool IsSame(string one, string other) => one == other || IsPlural(one, other) || IsPlural(other, one);

    /// <summary>Compatibility form, lower case, no marks, apostrophes dropped.</summary>
    internal static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Sound(text).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '\'' or '’')
            {
                continue;
            }

            // Letters that have no decomposition and are read as others.
            folded.Append(char.ToLowerInvariant(c) switch
            {
                'ß' => "ss",
                'æ' => "ae",
                'œ' => "oe",
                'ø' => "o",
                'ł' => "l",
                'đ' => "d",
                'ı' => "i",
                var other => other.ToString(),
            });
        }

        return folded.ToString().Normalize(NormalizationForm.FormKC);
    }

    // Normalizing throws for half a surrogate pair.
    private static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static bool IsPlural(string plural, string singular) =>
        plural.Length > singular.Length
        && (plural == singular + "s" || plural == singular + "es" || (singular.EndsWith('y') && plural == singular[..^1] + "ies"));

    // Han, kana, Thai, Lao, Khmer, Burmese.
    private static bool IsUnspaced(int rune) =>
        rune is (>= 0x2E80 and <= 0x2FDF) or 0x3005 or 0x3007 or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF) or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);
}
