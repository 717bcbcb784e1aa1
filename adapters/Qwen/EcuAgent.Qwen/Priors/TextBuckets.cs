namespace EcuAgent.Qwen.Priors;

/// <summary>
/// Hashed n-grams of an utterance, bit for bit as tools/train/prior.py makes them. Whatever is no letter, digit or Chinese character is one
/// space; a word is a run of letters or one Chinese character. Kinds of characters are ranges, so that no Unicode version can change them.
/// </summary>
/// <param name="CharSeed">Seed of character grams, times their length.</param>
/// <param name="WordSeed">Seed of words.</param>
/// <param name="GramSeed">Seed of word grams, times their length.</param>
/// <param name="MinChar">Characters of the shortest character gram, at least 1.</param>
/// <param name="MaxChar">Characters of the longest, at most <see cref="LongestGram"/>.</param>
/// <param name="MaxWord">Words of the longest word gram, 1 to <see cref="LongestGram"/>.</param>
/// <param name="Bits">Bits of a bucket, at most <see cref="MostBits"/>.</param>
/// <param name="MaxUnits">UTF-16 units of an utterance that count, at most <see cref="MostUnits"/>; the rest is not looked at.</param>
internal sealed record TextBuckets(uint CharSeed, uint WordSeed, uint GramSeed, int MinChar, int MaxChar, int MaxWord, int Bits, int MaxUnits)
{
    public const int LongestGram = 5;
    public const int MostBits = 20;
    public const int MostUnits = 512;
    private const uint Prime = 16777619;
    private const char Space = ' ';

    /// <summary>Most buckets of any utterance.</summary>
    public int MaxCount => ((MaxChar - MinChar + 1) + MaxWord) * (MaxUnits + 2);

    /// <summary>Finds the buckets, ascending, each once.</summary>
    /// <param name="text">The utterance in NFC.</param>
    /// <param name="buckets">Takes them; <see cref="MaxCount"/> long.</param>
    /// <returns>How many; none where the text holds no letter.</returns>
    public int Find(ReadOnlySpan<char> text, Span<int> buckets)
    {
        Span<uint> units = stackalloc uint[MostUnits + 2];
        var unitCount = Read(text, units);
        if (unitCount < 3)
        {
            return 0;
        }

        units = units[..unitCount];
        var count = 0;
        for (var length = MinChar; length <= MaxChar; length++)
        {
            count += AddGrams(units, length, CharSeed, buckets[count..]);
        }

        Span<uint> words = stackalloc uint[MostUnits];
        words = words[..SplitWords(units, words)];
        foreach (var word in words)
        {
            buckets[count++] = BucketOf(word);
        }

        for (var length = 2; length <= MaxWord; length++)
        {
            count += AddGrams(words, length, GramSeed, buckets[count..]);
        }

        return SortDistinct(buckets[..count]);
    }

    private static bool IsChinese(uint unit) => unit is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF);

    // Lower-case letters and digits; from 0xC0 on everything but signs.
    private static bool IsLetter(uint unit) =>
        unit is (>= 'a' and <= 'z') or (>= '0' and <= '9') or (>= 0xC0 and not (>= 0x2000 and <= 0x206F) and not (>= 0x3000 and <= 0x303F) and not (>= 0xFF00 and <= 0xFFEF));

    private static uint Lower(uint unit) => unit is (>= 'A' and <= 'Z') or (>= 0xC0 and <= 0xDE and not 0xD7) ? unit + 32 : unit;

    private static int SortDistinct(Span<int> values)
    {
        values.Sort();
        var kept = 0;
        foreach (var value in values)
        {
            if (kept == 0 || values[kept - 1] != value)
            {
                values[kept++] = value;
            }
        }

        return kept;
    }

    // One space at both ends, one in the place of several.
    private int Read(ReadOnlySpan<char> text, Span<uint> units)
    {
        var count = 0;
        units[count++] = Space;
        foreach (var c in text[..Math.Min(text.Length, MaxUnits)])
        {
            var unit = Lower(c);
            if (IsLetter(unit))
            {
                units[count++] = unit;
            }
            else if (units[count - 1] != Space)
            {
                units[count++] = Space;
            }
        }

        if (units[count - 1] != Space)
        {
            units[count++] = Space;
        }

        return count;
    }

    private int SplitWords(ReadOnlySpan<uint> units, Span<uint> words)
    {
        var (count, hash, isOpen) = (0, 0u, false);
        foreach (var unit in units)
        {
            var isChinese = IsChinese(unit);
            if (isOpen && (isChinese || unit == Space))
            {
                words[count++] = hash;
                isOpen = false;
            }

            if (isChinese)
            {
                words[count++] = unchecked((WordSeed ^ unit) * Prime);
            }
            else if (unit != Space)
            {
                hash = unchecked(((isOpen ? hash : WordSeed) ^ unit) * Prime);
                isOpen = true;
            }
        }

        return count;
    }

    private int AddGrams(ReadOnlySpan<uint> items, int length, uint seed, Span<int> buckets)
    {
        var count = Math.Max(0, items.Length - length + 1);
        for (var start = 0; start < count; start++)
        {
            var hash = unchecked(seed * (uint)length);
            foreach (var item in items.Slice(start, length))
            {
                hash = unchecked((hash ^ item) * Prime);
            }

            buckets[start] = BucketOf(hash);
        }

        return count;
    }

    private int BucketOf(uint hash)
    {
        unchecked
        {
            hash ^= hash >> 16;
            hash *= 0x85EBCA6B;
            hash ^= hash >> 13;
            hash *= 0xC2B2AE35;
            hash ^= hash >> 16;
        }

        return (int)(hash & ((1u << Bits) - 1));
    }
}
