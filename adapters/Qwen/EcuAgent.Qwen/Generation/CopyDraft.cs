using System.Runtime.InteropServices;
using EcuAgent.Qwen.Grammar;

namespace EcuAgent.Qwen.Generation;

/// <summary>
/// A guess of the next few tokens of a copied text: the words of the utterance go on. One model run then decides about all of them, and
/// what is kept is exactly what the model chooses; a wrong guess costs a few positions of that run.
/// </summary>
/// <param name="cursor">A cursor of its own, for trying.</param>
internal sealed class CopyDraft(GrammarCursor cursor)
{
    public const int MaxTokens = 3;
    private readonly int[] _tokens = new int[MaxTokens];
    private readonly TokenMask[] _masks = [.. Enumerable.Range(0, MaxTokens + 1).Select(static _ => new TokenMask())];
    private readonly TokenMask _union = new();
    private readonly List<int> _ids = new(64);

    public int Count { get; private set; }

    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>All tokens that any position allows.</summary>
    public TokenMask Union => _union;

    /// <summary>Tokens allowed after so many guessed ones.</summary>
    public TokenMask MaskAfter(int count) => _masks[count];

    /// <summary>Makes the guess; false where there is nothing to guess.</summary>
    public bool TryMake(GrammarCursor from)
    {
        Count = 0;
        if (!from.IsCopyingOneText)
        {
            return false;
        }

        cursor.MoveTo(from);
        _ids.Clear();
        while (true)
        {
            _masks[Count].Refill(cursor.Mask().Ids);
            _ids.AddRange(_masks[Count].Ids);
            if (Count == MaxTokens || cursor.Continuation() is not (>= 0 and var token))
            {
                break;
            }

            _tokens[Count++] = token;
            cursor.Accept(token);
        }

        _union.Refill(CollectionsMarshal.AsSpan(_ids));
        return Count > 0;
    }
}
