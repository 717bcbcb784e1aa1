using System.Text;

namespace EcuAgent.Core.Tools;

/// <summary>
/// Brings what was said and what a file expects to be said to one form: compatibility forms folded, marks of sentences gone, one space between words,
/// none beside Chinese characters. Upper and lower case stay as they are, because a slot keeps its words.
/// </summary>
internal static class SaidText
{
    private const string Marks = ".,!?;:…、。，！？；：·\"“”„«»「」『』()（）¿¡";

    // Between digits these are part of a number or a time.
    private const string InNumbers = ".,:";

    /// <summary>A whole text.</summary>
    public static string Clean(string text) => Clean(text, keepsEdges: false);

    /// <summary>A part of a text.</summary>
    /// <param name="text">The part.</param>
    /// <param name="keepsEdges">True where something stands before and behind it, so that a space at its edge parts words.</param>
    public static string Clean(string text, bool keepsEdges)
    {
        var plain = WellFormed(text).Normalize(NormalizationForm.FormKC).Replace('’', '\'');
        var clean = new StringBuilder(plain.Length);
        var isGap = false;
        for (var i = 0; i < plain.Length; i++)
        {
            var c = plain[i];
            if (char.IsWhiteSpace(c) || char.IsControl(c) || IsMark(plain, i))
            {
                isGap = true;
                continue;
            }

            if (isGap && !IsHan(c) && (clean.Length > 0 ? !IsHan(clean[^1]) : keepsEdges))
            {
                clean.Append(' ');
            }

            isGap = false;
            clean.Append(c);
        }

        if (isGap && keepsEdges && (clean.Length == 0 || !IsHan(clean[^1])))
        {
            clean.Append(' ');
        }

        return clean.ToString();
    }

    /// <summary>True for a Chinese character.</summary>
    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff';

    private static bool IsMark(string text, int at) =>
        Marks.Contains(text[at], StringComparison.Ordinal)
        && !(InNumbers.Contains(text[at], StringComparison.Ordinal) && at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]));

    // Normalizing throws at a lone surrogate.
    private static string WellFormed(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune.ToString());
        }

        return whole.ToString();
    }
}
