using System.Globalization;
using System.Text;
using System.Text.Json;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Prompts;

/// <summary>
/// Writes an earlier answer as the bundled model wrote it: schema order, shortest numbers, and a copied text with the space that
/// stands before it in its utterance. What people said stays foreign text.
/// </summary>
internal static class CompactAnswer
{
    /// <summary>Pieces of the answer without end token, or null when a call is not one that the schemas allow.</summary>
    public static IReadOnlyList<PromptSegment>? Write(EarlierTurn turn, IReadOnlyDictionary<string, ToolSchema> schemas)
    {
        var segments = new List<PromptSegment>();
        foreach (var call in turn.Calls)
        {
            if (call.Exception is not null || !schemas.TryGetValue(call.Name, out var schema) || !AddCall(segments, schema, call.Arguments, turn.User.Utterance))
            {
                return null;
            }
        }

        return segments;
    }

    private static bool AddCall(List<PromptSegment> segments, ToolSchema schema, IDictionary<string, object?>? arguments, string utterance)
    {
        segments.Add(PromptSegment.Trusted((segments.Count > 0 ? "\n" : "") + CallGrammarBuilder.BlockStart + schema.Name + CallGrammarBuilder.ArgumentsStart));
        var written = 0;
        foreach (var property in schema.Properties)
        {
            if (arguments is null || !arguments.TryGetValue(property.Name, out var value))
            {
                if (property.IsRequired)
                {
                    return false;
                }

                continue;
            }

            var element = value is JsonElement json ? json : JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions);
            if (Render(property.Rule, element, utterance) is not var (text, isForeign))
            {
                return false;
            }

            var key = (written++ > 0 ? ", " : "") + SpacedJson.Quote(property.Name) + ": ";
            if (isForeign)
            {
                segments.Add(PromptSegment.Trusted(key + '"'));
                segments.Add(PromptSegment.Foreign(text));
                segments.Add(PromptSegment.Trusted("\""));
            }
            else
            {
                segments.Add(PromptSegment.Trusted(key + text));
            }
        }

        segments.Add(PromptSegment.Trusted(CallGrammarBuilder.BlockEnd));
        return written == (arguments?.Count ?? 0);
    }

    private static (string Text, bool IsForeign)? Render(ValueRule rule, JsonElement value, string utterance) => (rule, value.ValueKind) switch
    {
        (ValueRule.Choice choice, JsonValueKind.String) when choice.Values.Contains(value.GetString()!, StringComparer.Ordinal) =>
            (SpacedJson.Quote(value.GetString()!), false),
        (ValueRule.Truth, JsonValueKind.True) => ("true", false),
        (ValueRule.Truth, JsonValueKind.False) => ("false", false),
        (ValueRule.Number number, JsonValueKind.Number) when value.TryGetDecimal(out var n)
            && n >= number.Minimum && n <= number.Maximum && n % number.Step == 0 => (n.ToString("0.############", CultureInfo.InvariantCulture), false),
        (ValueRule.CopiedText copied, JsonValueKind.String) => Copied(value.GetString()!, copied.MaxLength, utterance),
        (ValueRule.FreeText free, JsonValueKind.String) => Free(value.GetString()!, free),
        _ => null,
    };

    private static (string Text, bool IsForeign)? Free(string text, ValueRule.FreeText rule)
    {
        var quoted = SpacedJson.Quote(PlainText.Normalize(text));
        return text.EnumerateRunes().Count() is var length && length >= rule.MinLength && length <= rule.MaxLength ? (quoted[1..^1], true) : null;
    }

    private static (string Text, bool IsForeign)? Copied(string text, int maxLength, string utterance)
    {
        var value = PlainText.Normalize(text).Trim();
        if (value.Length == 0 || value.EnumerateRunes().Count() > maxLength || value.EnumerateRunes().Any(WordBoundaries.IsForbidden))
        {
            return null;
        }

        // The prompt puts one space before the utterance. A text that came from a still earlier utterance is written as in mid-sentence.
        var start = Find(utterance, value);
        var isSpaced = start switch
        {
            < 0 => !WordBoundaries.IsBoundary(new Rune('a'), Rune.GetRuneAt(value, 0)),
            0 => true,
            _ => utterance[start - 1] == ' ',
        };
        return ((isSpaced ? " " : "") + value, true);
    }

    /// <summary>First occurrence between word boundaries, or -1.</summary>
    private static int Find(string utterance, string value)
    {
        for (var start = utterance.IndexOf(value, StringComparison.Ordinal); start >= 0; start = utterance.IndexOf(value, start + 1, StringComparison.Ordinal))
        {
            var end = start + value.Length;
            if (WordBoundaries.IsBoundary(Before(utterance, start), Rune.GetRuneAt(value, 0)) && WordBoundaries.IsBoundary(Before(utterance, end), At(utterance, end)))
            {
                return start;
            }
        }

        return -1;
    }

    private static Rune? Before(string text, int position) =>
        position > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, position), out var rune, out _) == System.Buffers.OperationStatus.Done ? rune : null;

    private static Rune? At(string text, int position) =>
        position < text.Length && Rune.TryGetRuneAt(text, position, out var rune) ? rune : null;
}
