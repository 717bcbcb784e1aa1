using System.Text;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>An answer of plain text, greedy, up to the end token; control tokens cannot come out.</summary>
internal sealed class TextAnswer(
    QwenDecoder decoder,
    QwenTokenizer tokenizer,
    TokenMask textOrEnd,
    int[] prompt,
    AnswerLimits limits,
    TimeProvider time) : Answer(decoder, tokenizer, prompt, limits, time)
{
    // Keeps the bytes of a character that a token has cut.
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    /// <summary>All text tokens and the end tokens of a vocabulary.</summary>
    public static TokenMask MaskOf(QwenTokenizer tokenizer) => new(
        Enumerable.Range(0, tokenizer.VocabularySize).Where(id => tokenizer.TextBytesOf(id) is not null).Concat(tokenizer.EosIds));

    public override IEnumerable<AIContent> Run(CancellationToken cancellationToken)
    {
        while (Feed(cancellationToken))
        {
            var token = Choose(textOrEnd.ArgMax(Logits));
            if (Tokenizer.EosIds.Contains(token))
            {
                yield break;
            }

            if (!TryAppend([token], areForced: false))
            {
                break;
            }

            if (Characters(Tokenizer.TextBytesOf(token)!) is { Length: > 0 } text)
            {
                yield return new TextContent(text);
            }
        }

        FinishReason = ChatFinishReason.Length;
    }

    private string Characters(byte[] bytes)
    {
        var chars = new char[_utf8.GetCharCount(bytes, flush: false)];
        return new string(chars, 0, _utf8.GetChars(bytes, chars, flush: false));
    }
}
