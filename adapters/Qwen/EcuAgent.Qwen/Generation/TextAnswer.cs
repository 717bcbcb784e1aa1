using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>An answer of plain text up to the end token; control tokens and calls cannot come out.</summary>
internal sealed class TextAnswer(AnswerContext context, TokenMask textOrEnd) : Answer(context)
{
    private readonly TextPieces _text = new();

    /// <summary>All text tokens and the end tokens of a vocabulary, with or without the one that starts a call.</summary>
    public static TokenMask MaskOf(QwenTokenizer tokenizer, bool withCalls) => new(
        Enumerable.Range(0, tokenizer.VocabularySize)
            .Where(id => tokenizer.TextBytesOf(id) is not null && (withCalls || !tokenizer.TryGetAdded(CallGrammarBuilder.CallToken, out var call) || id != call))
            .Concat(tokenizer.EosIds));

    public override IEnumerable<AIContent> Run(CancellationToken cancellationToken)
    {
        while (true)
        {
            var token = Next(textOrEnd, cancellationToken);
            if (Tokenizer.EosIds.Contains(token))
            {
                yield break;
            }

            if (token < 0 || !TryAppend(new ReadOnlySpan<int>(in token), areForced: false))
            {
                break;
            }

            if (_text.Take(Tokenizer.TextBytesOf(token)!) is { } text)
            {
                yield return text;
            }
        }

        FinishReason = ChatFinishReason.Length;
    }
}
