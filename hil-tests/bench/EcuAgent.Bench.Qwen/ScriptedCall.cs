using System.Runtime.InteropServices;
using System.Text;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Generation;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Prompts;
using EcuAgent.Qwen.Tokenization;

namespace EcuAgent.Bench.Qwen;

/// <summary>What one scripted answer took.</summary>
internal sealed record ScriptedResult(double Milliseconds, long Runs, int PrefilledTokens, int OutputTokens, int ForcedTokens, int AcceptedTokens, int ReducedRuns, int[] Output);

/// <summary>
/// The loop of the runtime's Answer and CallAnswer (grammar, forced tokens, guessed copies, reduced head, cache) in which a script has the last word at each
/// choice: the choice is computed all the same. So all ways write the same call with the same number of tokens, also with random weights.
/// </summary>
internal sealed class ScriptedCall(QwenDecoder decoder, QwenTokenizer tokenizer, ToolSet tools, Saving saving)
{
    // As in the runtime's Answer: a larger mask costs less as a whole head.
    private const int ReducedHeadShare = 16;
    private const string BlockEnd = "</tool_call>";
    private readonly List<int> _pending = [];
    private readonly List<int> _output = [];
    private int _prefilled;
    private int _forced;
    private int _accepted;
    private int _reducedRuns;

    private bool IsReducing => saving.HasFlag(Saving.Head) && decoder.HasReducedHead;

    /// <summary>Writes the answer after the prompt; counts only, the caller takes the time.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="answer">The script.</param>
    /// <param name="shared">Tokens that the prompt shares with the request before it; no more of the cache is reused.</param>
    public ScriptedResult Run(Prompt prompt, string answer, int shared)
    {
        var runs = decoder.RunCount;
        (_forced, _accepted, _reducedRuns) = (0, 0, 0);
        _output.Clear();
        _pending.Clear();
        if (saving.HasFlag(Saving.Prefix))
        {
            decoder.Truncate(Math.Min(shared, decoder.CommonPrefix(prompt.Ids)));
        }
        else
        {
            decoder.Clear();
        }

        _pending.AddRange(prompt.Ids.AsSpan(decoder.Length));
        _prefilled = _pending.Count;
        var goOnOrEnd = new TokenMask([tokenizer.ByteToken((byte)'\n'), .. tokenizer.EosIds]);
        foreach (var block in answer.Split(BlockEnd + "\n"))
        {
            if (_output.Count > 0)
            {
                Choose(goOnOrEnd);
                Take([tokenizer.ByteToken((byte)'\n')]);
            }

            Block(prompt, block.EndsWith(BlockEnd, StringComparison.Ordinal) ? block : block + BlockEnd);
        }

        Choose(goOnOrEnd);
        return new ScriptedResult(0, decoder.RunCount - runs, _prefilled, _output.Count, _forced, _accepted, _reducedRuns, [.. _output]);
    }

    private void Block(Prompt prompt, string text)
    {
        var cursor = new GrammarCursor(tools.GrammarFor(prompt.Utterance), prompt.Utterance, tokenizer);
        var draft = new CopyDraft(new GrammarCursor(tools.GrammarFor(prompt.Utterance), prompt.Utterance, tokenizer));
        cursor.Restart();
        var left = Encoding.UTF8.GetBytes(text).AsSpan();
        while (!cursor.IsComplete)
        {
            if (saving.HasFlag(Saving.Forced) && cursor.TakeForced() is { IsEmpty: false } forced)
            {
                left = Without(left, tokenizer.DecodeBytes(forced));
                _forced += forced.Length;
                Take(forced);
                continue;
            }

            if (saving.HasFlag(Saving.Guess) && draft.TryMake(cursor) && draft.Count < decoder.MaxRows && _pending.Count + draft.Count <= decoder.PrefillChunk)
            {
                left = Verify(draft, cursor, left);
                continue;
            }

            var mask = cursor.Mask();
            Choose(mask);
            var token = NextOf(left, mask);
            left = Without(left, tokenizer.TextBytesOf(token)!);
            cursor.Accept(token);
            Take([token]);
        }
    }

    // The token that the tokenizer would write next, or else the longest that the grammar allows.
    private int NextOf(ReadOnlySpan<byte> left, TokenMask mask)
    {
        var usual = tokenizer.EncodeTrusted(Encoding.UTF8.GetString(left))[0];
        if (mask.Contains(usual))
        {
            return usual;
        }

        var (best, length) = (-1, 0);
        foreach (var id in mask.Ids)
        {
            if (tokenizer.TextBytesOf(id) is { } bytes && bytes.Length > length && left.StartsWith(bytes))
            {
                (best, length) = (id, bytes.Length);
            }
        }

        return best >= 0 ? best : throw new InvalidDataException($"the grammar does not allow '{Encoding.UTF8.GetString(left)}' here");
    }

    private void Take(ReadOnlySpan<int> tokens)
    {
        _pending.AddRange(tokens);
        _output.AddRange(tokens);
    }

    // One run for the guess; the script says how much of it was right, and which token follows.
    private Span<byte> Verify(CopyDraft draft, GrammarCursor cursor, Span<byte> left)
    {
        _pending.AddRange(draft.Tokens);
        var isReduced = CanReduce(draft.Union);
        decoder.Append(CollectionsMarshal.AsSpan(_pending), isReduced ? draft.Union.Ids : [], draft.Count + 1);
        _pending.Clear();
        _reducedRuns += isReduced ? 1 : 0;
        for (var accepted = 0; ; accepted++)
        {
            var mask = draft.MaskAfter(accepted);
            var logits = decoder.LogitsOf(accepted);
            GC.KeepAlive(isReduced ? mask.ArgMax(logits, draft.Union.Ids) : mask.ArgMax(logits));
            var token = NextOf(left, mask);
            left = Without(left, tokenizer.TextBytesOf(token)!);
            cursor.Accept(token);
            if (accepted == draft.Count || token != draft.Tokens[accepted])
            {
                decoder.Truncate(decoder.Length - draft.Count + accepted);
                Take([token]);
                return left;
            }

            _output.Add(token);
            _accepted++;
        }
    }

    private bool CanReduce(TokenMask mask) => IsReducing && mask.Ids.Length <= decoder.VocabularySize / ReducedHeadShare;

    private void Choose(TokenMask mask)
    {
        var isReduced = CanReduce(mask);
        Span<int> none = IsReducing ? [_pending[0]] : [];
        var pending = CollectionsMarshal.AsSpan(_pending);
        for (var fed = 0; fed < pending.Length;)
        {
            var count = Math.Min(decoder.PrefillChunk, pending.Length - fed);
            decoder.Append(pending.Slice(fed, count), fed + count < pending.Length ? none : isReduced ? mask.Ids : []);
            fed += count;
        }

        _pending.Clear();
        _reducedRuns += isReduced ? 1 : 0;
        GC.KeepAlive(mask.ArgMax(decoder.Logits));
    }

    private static Span<byte> Without(Span<byte> text, ReadOnlySpan<byte> start) =>
        text.StartsWith(start) ? text[start.Length..] : throw new InvalidDataException($"'{Encoding.UTF8.GetString(start)}' is not the start of '{Encoding.UTF8.GetString(text)}'");
}
