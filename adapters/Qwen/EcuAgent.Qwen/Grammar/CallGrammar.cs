using System.Runtime.InteropServices;
using System.Text;
using EcuAgent.Qwen.Tokenization;

namespace EcuAgent.Qwen.Grammar;

/// <summary>
/// The automaton of one call block joined with a vocabulary: allowed tokens of a state, and the tokens that a state forces.
/// Both are kept per state, so a grammar gets faster with use. Thread-safe.
/// </summary>
internal sealed class CallGrammar(Dfa dfa, TokenTrie trie, QwenTokenizer tokenizer)
{
    private const int MaxCachedStates = 8192;
    private static readonly Forced Nothing = new([], -1);
    private readonly Dictionary<int, TokenMask> _masks = [];
    private readonly Dictionary<int, Forced> _forced = [];
    private readonly List<int> _found = [];
    private readonly Lock _gate = new();

    public Dfa Dfa => dfa;

    /// <summary>Tokens that must follow, and the state behind them; none where the model has a choice.</summary>
    internal sealed record Forced(int[] Tokens, int EndState);

    /// <summary>Tokens allowed in a state that is not inside a copied text.</summary>
    public TokenMask MaskOf(int state)
    {
        using var scope = _gate.EnterScope();
        if (!_masks.TryGetValue(state, out var mask))
        {
            if (_masks.Count >= MaxCachedStates)
            {
                _masks.Clear();
            }

            _found.Clear();
            Walk(0, state, _found);
            _masks.Add(state, mask = new TokenMask(_found));
        }

        return mask;
    }

    /// <summary>Tokens allowed inside a copied text.</summary>
    /// <param name="state">The copy state.</param>
    /// <param name="source">The utterance.</param>
    /// <param name="starts">Positions where the text may have started.</param>
    /// <param name="consumed">Bytes of it so far.</param>
    /// <param name="mask">Takes the result.</param>
    public void CopyMask(int state, CopySource source, ReadOnlySpan<int> starts, int consumed, TokenMask mask)
    {
        using var scope = _gate.EnterScope();
        _found.Clear();
        var bytes = source.Bytes;
        var (limit, after) = (dfa.CopyLimit(state), dfa.AfterCopy(state));
        foreach (var start in starts)
        {
            var node = 0;
            for (var position = start + consumed; ; position++)
            {
                if (source.CanEnd(start, position) && trie.Child(node, (byte)'"') is >= 0 and var closed)
                {
                    Take(closed, _found);
                    Walk(closed, after, _found);
                }

                if (position == bytes.Length || !source.CanReach(start, position + 1, limit))
                {
                    break;
                }

                node = trie.Child(node, bytes[position]);
                if (node < 0)
                {
                    break;
                }

                Take(node, _found);
            }
        }

        mask.Refill(CollectionsMarshal.AsSpan(_found));
    }

    /// <summary>
    /// Tokens that a state forces. Where only one text can follow, it is tokenized as the model saw it in training; a token
    /// at the end of it that could reach into what follows (an added token for a whole value, say) is left to the model.
    /// </summary>
    public Forced ForcedAt(int state)
    {
        using var scope = _gate.EnterScope();
        if (!_forced.TryGetValue(state, out var forced))
        {
            _forced.Add(state, forced = FindForced(state));
        }

        return forced;
    }

    private Forced FindForced(int state)
    {
        var literal = new List<byte>();
        var states = new List<int> { state };
        for (var s = state; dfa.Labels(s).Length == 1 && !dfa.IsCopy(s);)
        {
            literal.Add(dfa.Labels(s)[0]);
            s = dfa.Targets(s)[0];
            states.Add(s);
        }

        var bytes = literal.ToArray();
        var length = WholeCharacters(bytes);
        var tokens = length == 0 ? [] : tokenizer.EncodeTrusted(Encoding.UTF8.GetString(bytes, 0, length));
        if (!tokenizer.DecodeBytes(tokens).AsSpan().SequenceEqual(bytes.AsSpan(0, length)))
        {
            // A literal that is not NFC changes when it is tokenized; then the model spells it byte by byte under the mask.
            tokens = [];
        }

        var safe = 0;
        var at = 0;
        while (safe < tokens.Length && !ReachesBeyond(bytes.AsSpan(at), states[^1]))
        {
            at += tokenizer.TextBytesOf(tokens[safe])?.Length ?? throw new InvalidOperationException("a literal holds a control token");
            safe++;
        }

        if (safe > 0)
        {
            return new Forced(tokens[..safe], states[at]);
        }

        if (dfa.Accept == state || dfa.IsCopy(state) || MaskOf(state).Ids is not [var only])
        {
            return Nothing;
        }

        return new Forced([only], Advance(state, tokenizer.TextBytesOf(only)!));
    }

    /// <summary>The state after bytes that a mask has allowed.</summary>
    public int Advance(int state, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            state = dfa.Next(state, b);
        }

        return state;
    }

    // Whether some token starts with all of this text and goes on in a way that the grammar allows.
    private bool ReachesBeyond(ReadOnlySpan<byte> text, int endState)
    {
        var node = 0;
        foreach (var b in text)
        {
            node = trie.Child(node, b);
            if (node < 0)
            {
                return false;
            }
        }

        var found = new List<int>();
        Walk(node, endState, found);
        return found.Count > 0;
    }

    private void Walk(int node, int state, List<int> found)
    {
        // Bytes behind an opening quotation mark depend on the utterance, so no token reaches across it.
        if (dfa.IsCopy(state))
        {
            return;
        }

        var labels = dfa.Labels(state);
        var targets = dfa.Targets(state);
        for (var i = 0; i < labels.Length; i++)
        {
            if (trie.Child(node, labels[i]) is >= 0 and var child)
            {
                Take(child, found);
                Walk(child, targets[i], found);
            }
        }
    }

    private void Take(int node, List<int> found)
    {
        for (var token = trie.TokenAt(node); token >= 0; token = trie.TwinOf(token))
        {
            found.Add(token);
        }
    }

    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0 && Rune.DecodeLastFromUtf8(bytes[..end], out _, out _) != System.Buffers.OperationStatus.Done)
        {
            end--;
        }

        return end;
    }
}
