using System.Text.RegularExpressions;

namespace EcuAgent.Core.Catalogue;

/// <summary>English number words.</summary>
internal static class EnglishNumber
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>What a word multiplies a number before it with, or null.</summary>
    public static decimal? Multiplier(string word) => word switch { "hundred" => 100, "thousand" or "k" or "grand" => 1000, _ => null };

    /// <summary>Whether "and a half" stands here.</summary>
    public static bool IsAndAHalf(MatchCollection pieces, int at) =>
        at + 2 < pieces.Count && pieces[at].Value == "and" && pieces[at + 1].Value == "a" && pieces[at + 2].Value == "half";

    /// <summary>Reads as many number words as there are in a row.</summary>
    /// <param name="pieces">The text.</param>
    /// <param name="at">Where to start.</param>
    /// <param name="value">The number; null when the words are not one number ("twelve fifty").</param>
    /// <param name="isWeak">True for "one" alone.</param>
    /// <param name="next">The piece behind.</param>
    /// <returns>False when no number starts here.</returns>
    public static bool TryRead(MatchCollection pieces, int at, out decimal? value, out bool isWeak, out int next)
    {
        (value, isWeak, next) = (pieces[at].Value switch { "tenner" => 10, "fiver" => 5, _ => null }, false, at + 1);
        if (value is not null)
        {
            return true;
        }

        next = at;
        var words = new List<string>();
        while (next < pieces.Count)
        {
            var word = pieces[next].Value;
            var follows = next + 1 < pieces.Count ? pieces[next + 1].Value : "";
            var isArticle = word == "a" && words.Count == 0 && Multiplier(follows) is not null;
            var isLink = word == "and" && words.Count > 0 && Multiplier(words[^1]) is not null && IsNumeral(follows);
            var isHyphen = word == "-" && words.Count > 0 && IsNumeral(follows);
            if (!isArticle && !isLink && !isHyphen && !IsNumeral(word) && (words.Count == 0 || Multiplier(word) is null))
            {
                break;
            }

            if (!isLink && !isHyphen)
            {
                words.Add(isArticle ? "one" : word);
            }

            next++;
        }

        if (words.Count == 0)
        {
            return false;
        }

        isWeak = words is ["one"];
        value = Combine(words);
        if (next + 1 < pieces.Count && pieces[next].Value == "point" && Array.IndexOf(Small, pieces[next + 1].Value) is >= 0 and < 10)
        {
            decimal weight = 1;
            for (next++; next < pieces.Count && Array.IndexOf(Small, pieces[next].Value) is >= 0 and < 10 and var digit; next++)
            {
                weight /= 10;
                value += weight * digit;
            }

            isWeak = false;
        }
        else if (IsAndAHalf(pieces, next))
        {
            (value, next, isWeak) = (value + 0.5m, next + 3, false);
            if (next < pieces.Count && Multiplier(pieces[next].Value) is { } factor)
            {
                (value, next) = (value * factor, next + 1);
            }
        }

        return true;
    }

    private static bool IsNumeral(string word) => Array.IndexOf(Small, word) >= 0 || Array.IndexOf(Tens, word) >= 0;

    private static decimal? Combine(List<string> words)
    {
        decimal total = 0, part = 0;

        // The largest value that may still be added to the part.
        var room = 99m;
        var isOpen = false;
        foreach (var word in words)
        {
            if (Multiplier(word) is { } factor)
            {
                if (!isOpen || (factor == 100 ? part > 99 : total > 0))
                {
                    return null;
                }

                (total, part, room, isOpen) = factor == 100 ? (total, part * 100, 99m, true) : (part * factor, 0m, 99m, false);
                isOpen |= factor == 100;
                continue;
            }

            var small = Array.IndexOf(Small, word);
            var step = small >= 0 ? small : 20 + (10 * Array.IndexOf(Tens, word));
            if (step > room)
            {
                return null;
            }

            (part, room, isOpen) = (part + step, step >= 20 ? 9 : -1, true);
        }

        return total + part;
    }
}
