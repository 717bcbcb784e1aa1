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

        var sentences = parts.Select(phrases.Sentence);
        return Cut(string.Join(phrases.Gap, question is null ? sentences : sentences.Append(phrases.Question(question))));
    }

    private static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxBytes)
        {
            return text;
        }

        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
