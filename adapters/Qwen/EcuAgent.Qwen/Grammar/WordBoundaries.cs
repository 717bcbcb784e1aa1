using System.Globalization;
using System.Text;

namespace EcuAgent.Qwen.Grammar;

/// <summary>Where one word may end and another begin. Scripts written without spaces may be cut between any two characters.</summary>
internal static class WordBoundaries
{
    /// <summary>Whether a copied text may start or end between two neighbours; null is the edge of the utterance.</summary>
    public static bool IsBoundary(Rune? before, Rune? after)
    {
        if (before is not { } b || after is not { } a)
        {
            return true;
        }

        return !IsMark(a) && !(IsSpacedWord(b) && IsSpacedWord(a));
    }

    /// <summary>Whether a copied text cannot hold this character: it would need an escape.</summary>
    public static bool IsForbidden(Rune rune) => rune.Value is '"' or '\\' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierSymbol;

    // A mark continues the word it stands on.
    private static bool IsSpacedWord(Rune rune) => (Rune.IsLetterOrDigit(rune) || IsMark(rune)) && !IsUnspaced(rune.Value);

    private static bool IsUnspaced(int value) => value
        is (>= 0x0E00 and <= 0x0EFF) // Thai, Lao
        or (>= 0x1000 and <= 0x109F) // Myanmar
        or (>= 0x1780 and <= 0x17FF) // Khmer
        or (>= 0x2E80 and <= 0x31FF) // CJK radicals, Kana, Bopomofo
        or (>= 0x3400 and <= 0x9FFF) // Han
        or (>= 0xF900 and <= 0xFAFF) // Han, compatibility
        or (>= 0xFF66 and <= 0xFF9F) // Kana, half width
        or (>= 0x20000 and <= 0x3FFFF); // Han, supplementary
}
