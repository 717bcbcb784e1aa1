namespace EcuAgent.Qwen.Grammar;

/// <summary>The tokens that the grammar allows next; ids ascending, each once.</summary>
internal sealed class TokenMask
{
    private int[] _ids;
    private int _count;

    public TokenMask(IEnumerable<int> ids)
    {
        _ids = [.. ids.Distinct().Order()];
        _count = _ids.Length;
        RequireAny();
    }

    /// <summary>A mask to be filled again and again.</summary>
    public TokenMask() => _ids = new int[64];

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, _count);

    public bool Contains(int id) => Ids.BinarySearch(id) >= 0;

    /// <summary>Replaces the tokens; allocates only when there are more than ever before.</summary>
    public void Refill(ReadOnlySpan<int> ids)
    {
        if (_ids.Length < ids.Length)
        {
            _ids = new int[Math.Max(ids.Length, 2 * _ids.Length)];
        }

        ids.CopyTo(_ids);
        _ids.AsSpan(0, ids.Length).Sort();
        _count = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (_count == 0 || _ids[_count - 1] != _ids[i])
            {
                _ids[_count++] = _ids[i];
            }
        }

        RequireAny();
    }

    /// <summary>The allowed token with the greatest logit, the lowest id among equals; -1 when no logit is a number.</summary>
    /// <param name="logits">One for each token of the vocabulary, or one for each token of this mask, in its order.</param>
    public int ArgMax(ReadOnlySpan<float> logits)
    {
        var ids = Ids;
        var best = -1;
        var bestLogit = float.NegativeInfinity;
        if (logits.Length == ids.Length)
        {
            for (var i = 0; i < ids.Length; i++)
            {
                if (logits[i] > bestLogit)
                {
                    (best, bestLogit) = (ids[i], logits[i]);
                }
            }

            return best;
        }

        foreach (var id in ids)
        {
            var logit = logits[id];
            if (logit > bestLogit)
            {
                (best, bestLogit) = (id, logit);
            }
        }

        return best;
    }

    /// <summary>The same, from logits of more tokens than this mask has.</summary>
    /// <param name="logits">One for each token of <paramref name="columns"/>.</param>
    /// <param name="columns">Ids ascending, all of this mask's among them.</param>
    public int ArgMax(ReadOnlySpan<float> logits, ReadOnlySpan<int> columns)
    {
        var best = -1;
        var bestLogit = float.NegativeInfinity;
        foreach (var id in Ids)
        {
            var logit = logits[columns.BinarySearch(id)];
            if (logit > bestLogit)
            {
                (best, bestLogit) = (id, logit);
            }
        }

        return best;
    }

    private void RequireAny()
    {
        if (_count == 0)
        {
            throw new InvalidOperationException("the grammar has reached a state without a way on");
        }
    }
}
