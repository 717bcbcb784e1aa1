using System.Runtime.InteropServices;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Priors;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>
/// An answer of tool calls. Ends after the model's end token, the last call allowed, or, as too long, when tokens or time run
/// out; a call cut by that is dropped, complete ones before it stay. Where tools are offered and not required, the model may write
/// text first, or text alone.
/// </summary>
/// <param name="context">What the answer works with.</param>
/// <param name="utterance">What copied texts are taken from.</param>
/// <param name="tools">The tools.</param>
/// <param name="talk">Tokens of text, the token that starts a call and end tokens, where text is allowed; else null.</param>
internal sealed class CallAnswer(AnswerContext context, CopySource utterance, ToolSet tools, TokenMask? talk = null) : Answer(context)
{
    private readonly GrammarCursor _cursor = new(tools.GrammarFor(utterance), utterance, context.Tokenizer);
    private readonly TokenMask _goOnOrEnd = new([context.Tokenizer.ByteToken((byte)'\n'), .. context.Tokenizer.EosIds]);
    private readonly CopyDraft _draft = new(new GrammarCursor(tools.GrammarFor(utterance), utterance, context.Tokenizer));
    private readonly List<int> _block = new(context.MaxTokens);
    private readonly CallOpenings? _openings = context.PriorText is null ? null : tools.OpeningsFor(utterance);
    private readonly string? _priorText = context.PriorText;
    private bool _isBlockOpen;
    private bool _isAfterFirst;

    public override IEnumerable<AIContent> Run(CancellationToken cancellationToken)
    {
        FinishReason = ChatFinishReason.Length;
        if (talk is not null)
        {
            foreach (var text in Talk(talk, cancellationToken))
            {
                yield return text;
            }

            if (!_isBlockOpen)
            {
                yield break;
            }
        }

        for (var calls = 1; ; calls++)
        {
            if (!CompleteBlock(cancellationToken))
            {
                yield break;
            }

            yield return CallReader.Read(Tokenizer.DecodeBytes(CollectionsMarshal.AsSpan(_block)), tools.Schemas);
            if (calls == MaxCalls)
            {
                break;
            }

            var next = Next(_goOnOrEnd, cancellationToken);
            if (Tokenizer.EosIds.Contains(next))
            {
                break;
            }

            if (next < 0 || !TryAppend([next], areForced: false))
            {
                yield break;
            }
        }

        FinishReason = ChatFinishReason.ToolCalls;
    }

    /// <summary>Decodes one call, token by token, without allocating once its states are known; false when it was cut.</summary>
    internal bool CompleteBlock(CancellationToken cancellationToken)
    {
        if (!_isBlockOpen)
        {
            _block.Clear();
            _cursor.Restart();
        }

        if (!_isAfterFirst && !_isBlockOpen && _openings is not null && !Open(_openings, cancellationToken))
        {
            return false;
        }

        _isBlockOpen = false;
        _isAfterFirst = true;
        while (!_cursor.IsComplete)
        {
            if (AppendForced && _cursor.TakeForced() is { IsEmpty: false } forced)
            {
                if (!TryAppend(forced, areForced: true))
                {
                    return false;
                }

                _block.AddRange(forced);
                continue;
            }

            var token = NextOrDraft(cancellationToken);
            if (token < 0 || !TryAppend(new ReadOnlySpan<int>(in token), areForced: false))
            {
                return false;
            }

            _cursor.Accept(token);
            _block.Add(token);
        }

        return true;
    }

    // The first call's tool: model and prior together. An utterance without letters is left to the model.
    private bool Open(CallOpenings openings, CancellationToken cancellationToken)
    {
        Span<float> bias = stackalloc float[PriorData.MostTools];
        bias = bias[..openings.Mask.Ids.Length];
        if (!openings.TryFindBias(_priorText!, bias))
        {
            return true;
        }

        var token = Next(openings.Mask, bias, cancellationToken);
        if (token < 0 || !TryAppend(new ReadOnlySpan<int>(in token), areForced: false))
        {
            return false;
        }

        _cursor.Accept(token);
        _block.Add(token);
        return true;
    }

    private int NextOrDraft(CancellationToken cancellationToken)
    {
        if (!_draft.TryMake(_cursor) || !CanVerify(_draft.Count))
        {
            return Next(_cursor.Mask(), cancellationToken);
        }

        var token = Verify(_draft, out var accepted, cancellationToken);
        foreach (var right in _draft.Tokens[..accepted])
        {
            _cursor.Accept(right);
            _block.Add(right);
        }

        return token;
    }

    // Text up to a call or the end.
    private IEnumerable<TextContent> Talk(TokenMask mask, CancellationToken cancellationToken)
    {
        var pieces = new TextPieces();
        _ = Tokenizer.TryGetAdded(CallGrammarBuilder.CallToken, out var callToken);
        while (true)
        {
            var token = Next(mask, cancellationToken);
            if (Tokenizer.EosIds.Contains(token))
            {
                FinishReason = ChatFinishReason.Stop;
                yield break;
            }

            if (token < 0 || !TryAppend([token], areForced: false))
            {
                yield break;
            }

            if (token == callToken)
            {
                _block.Clear();
                _cursor.Restart();
                _cursor.Accept(token);
                _block.Add(token);
                _isBlockOpen = true;
                yield break;
            }

            if (pieces.Take(Tokenizer.TextBytesOf(token)!) is { } text)
            {
                yield return text;
            }
        }
    }
}
