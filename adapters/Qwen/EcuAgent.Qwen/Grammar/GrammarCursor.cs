using System.Runtime.InteropServices;
using EcuAgent.Qwen.Tokenization;

namespace EcuAgent.Qwen.Grammar;

/// <summary>A place in one call block of one answer.</summary>
internal sealed class GrammarCursor(CallGrammar grammar, CopySource source, QwenTokenizer tokenizer)
{
    private readonly List<int> _copyStarts = new(64);
    private readonly TokenMask _copyMask = new();
    private readonly int[] _single = new int[1];
    private int _state;
    private int _copied;

    /// <summary>Whether the block is complete.</summary>
    public bool IsComplete => _state == grammar.Dfa.Accept;

    /// <summary>Whether it stands inside a copied text whose beginning is settled.</summary>
    public bool IsCopyingOneText => !IsComplete && IsCopying && _copyStarts.Count == 1 && _copied > 0;

    private bool IsCopying => grammar.Dfa.IsCopy(_state);

    /// <summary>Back to the start of a block.</summary>
    public void Restart() => _state = 0;

    /// <summary>Moves to where another cursor of the same answer stands.</summary>
    public void MoveTo(GrammarCursor other)
    {
        (_state, _copied) = (other._state, other._copied);
        _copyStarts.Clear();
        _copyStarts.AddRange(CollectionsMarshal.AsSpan(other._copyStarts));
    }

    /// <summary>The longest allowed token that goes on with a copied text, or -1 where it can only end.</summary>
    public int Continuation()
    {
        var (best, length) = (-1, 0);
        foreach (var id in Mask().Ids)
        {
            var bytes = tokenizer.TextBytesOf(id)!;
            if (bytes.Length > length && !bytes.AsSpan().Contains((byte)'"'))
            {
                (best, length) = (id, bytes.Length);
            }
        }

        return best;
    }

    /// <summary>Tokens allowed next; the mask is good until the next call.</summary>
    public TokenMask Mask()
    {
        if (!IsCopying)
        {
            return grammar.MaskOf(_state);
        }

        grammar.CopyMask(_state, source, CollectionsMarshal.AsSpan(_copyStarts), _copied, _copyMask);
        return _copyMask;
    }

    /// <summary>Takes the tokens that must follow, if any, and moves behind them.</summary>
    public ReadOnlySpan<int> TakeForced()
    {
        if (IsComplete)
        {
            return [];
        }

        if (IsCopying)
        {
            if (Mask().Ids is not [var only])
            {
                return [];
            }

            Accept(only);
            _single[0] = only;
            return _single;
        }

        var forced = grammar.ForcedAt(_state);
        if (forced.Tokens.Length > 0)
        {
            _state = forced.EndState;
            EnterCopy();
        }

        return forced.Tokens;
    }

    /// <summary>Moves behind a token that the mask has allowed.</summary>
    public void Accept(int token)
    {
        foreach (var b in tokenizer.TextBytesOf(token)!)
        {
            if (!IsCopying)
            {
                _state = grammar.Dfa.Next(_state, b);
                EnterCopy();
            }
            else if (b == (byte)'"')
            {
                _state = grammar.Dfa.AfterCopy(_state);
            }
            else
            {
                KeepStartsThatGoOnWith(b);
                _copied++;
            }

            if (_state < 0 || (IsCopying && _copyStarts.Count == 0))
            {
                throw new InvalidOperationException($"token {token} is not allowed here");
            }
        }
    }

    private void KeepStartsThatGoOnWith(byte b)
    {
        var kept = 0;
        foreach (var start in CollectionsMarshal.AsSpan(_copyStarts))
        {
            if (start + _copied < source.Bytes.Length && source.Bytes[start + _copied] == b && source.CanReach(start, start + _copied + 1, grammar.Dfa.CopyLimit(_state)))
            {
                _copyStarts[kept++] = start;
            }
        }

        _copyStarts.RemoveRange(kept, _copyStarts.Count - kept);
    }

    private void EnterCopy()
    {
        if (_state >= 0 && IsCopying)
        {
            _copyStarts.Clear();
            _copyStarts.AddRange(source.Starts(grammar.Dfa.CopyLimit(_state)));
            _copied = 0;
        }
    }
}
