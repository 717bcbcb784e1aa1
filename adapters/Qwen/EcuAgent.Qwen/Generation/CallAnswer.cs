using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>
/// An answer of tool calls. Ends after the model's end token, the last call allowed, or, as too long, when tokens or time run
/// out; a call cut by that is dropped, complete ones before it stay.
/// </summary>
internal sealed class CallAnswer(
    QwenDecoder decoder,
    QwenTokenizer tokenizer,
    int[] prompt,
    CopySource utterance,
    ToolSet tools,
    AnswerLimits limits,
    TimeProvider time) : Answer(decoder, tokenizer, prompt, limits, time)
{
    private readonly GrammarCursor _cursor = new(tools.GrammarFor(utterance), utterance, tokenizer);
    private readonly TokenMask _goOnOrEnd = new([tokenizer.ByteToken((byte)'\n'), .. tokenizer.EosIds]);
    private readonly List<int> _block = [];

    public override IEnumerable<AIContent> Run(CancellationToken cancellationToken)
    {
        FinishReason = ChatFinishReason.Length;
        for (var calls = 1; ; calls++)
        {
            if (!CompleteBlock(cancellationToken))
            {
                yield break;
            }

            yield return CallReader.Read(Tokenizer.DecodeBytes([.. _block]), tools.Schemas);
            if (calls == Limits.MaxCalls)
            {
                break;
            }

            if (!Feed(cancellationToken))
            {
                yield break;
            }

            var next = Choose(_goOnOrEnd.ArgMax(Logits));
            if (Tokenizer.EosIds.Contains(next))
            {
                break;
            }

            if (!TryAppend([next], areForced: false))
            {
                yield break;
            }
        }

        FinishReason = ChatFinishReason.ToolCalls;
    }

    private bool CompleteBlock(CancellationToken cancellationToken)
    {
        _block.Clear();
        _cursor.Restart();
        while (!_cursor.IsComplete)
        {
            if (Limits.AppendForced && _cursor.TakeForced() is { IsEmpty: false } forced)
            {
                if (!TryAppend(forced, areForced: true))
                {
                    return false;
                }

                _block.AddRange(forced);
                continue;
            }

            if (!Feed(cancellationToken))
            {
                return false;
            }

            var token = Choose(_cursor.Mask().ArgMax(Logits));
            if (!TryAppend([token], areForced: false))
            {
                return false;
            }

            _cursor.Accept(token);
            _block.Add(token);
        }

        return true;
    }
}
