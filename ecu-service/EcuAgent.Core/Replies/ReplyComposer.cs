using System.Text;

namespace EcuAgent.Core.Replies;

/// <summary>
/// Makes sentences of clauses. Clauses carry no punctuation at their end. When only so many sentences may be spoken, clauses are joined
/// into fewer sentences rather than left out, so that nothing that happened goes unsaid. Pure.
/// </summary>
internal static class ReplyComposer
{
    /// <summary>Most UTF-8 bytes of a reply, from the wire contract.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Composes one reply.</summary>
    /// <param name="phrases">The language.</param>
    /// <param name="statements">What is said.</param>
    /// <param name="question">What is asked at the end, or null.</param>
    /// <param name="maxSentences">Most sentences, or null for no limit; 0 and less count as 1.</param>
    public static string Compose(Phrases phrases, IReadOnlyList<string> statements, string? question, int? maxSentences)
    {
        var most = Math.Max(1, maxSentences ?? int.MaxValue);
        var parts = new List<string>(statements);
        if (question is not null && most == 1)
        {
            return Cut(phrases.Question(string.Join(phrases.Joint, [.. parts, question])));
        }

        var slots = question is null ? most : most - 1;
        while (parts.Count > slots)
        {
            // The last two become one: the first clauses, which answer what was asked first, keep sentences of their own.
            parts[^2] = parts[^2] + phrases.Joint + parts[^1];
            parts.RemoveAt(parts.Count - 1);
        }

        var told = string.Join(phrases.Gap, parts.Select(phrases.Sentence));
        if (question is null)
        {
            return Cut(told);
        }

        // A question is heard to its end, whatever is told before it.
        var asked = phrases.Question(question);
        var room = MaxBytes - Encoding.UTF8.GetByteCount(phrases.Gap + asked);
        return told.Length == 0 || room <= 0 ? Cut(asked) : Cut(told, room) + phrases.Gap + asked;
    }

    /// <summary>True where a question fits into a reply as a whole.</summary>
    public static bool CanAsk(Phrases phrases, string question) => Encoding.UTF8.GetByteCount(phrases.Question(question)) <= MaxBytes;

    private static string Cut(string text, int most = MaxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= most)
        {
            return text;
        }

        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > most)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
