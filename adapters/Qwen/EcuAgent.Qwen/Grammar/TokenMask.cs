namespace EcuAgent.Qwen.Grammar;

/// <summary>The tokens that the grammar allows next; ids ascending.</summary>
internal sealed class TokenMask
{
    private readonly int[] _ids;

    public TokenMask(IEnumerable<int> ids)
    {
        _ids = [.. ids.Distinct().Order()];
        if (_ids.Length == 0)
        {
            throw new InvalidOperationException("the grammar has reached a state without a way on");
        }
    }

    public ReadOnlySpan<int> Ids => _ids;

    public bool Contains(int id) => Array.BinarySearch(_ids, id) >= 0;

    /// <summary>The allowed token with the greatest logit, the lowest id among equals; -1 when no logit is a number.</summary>
    public int ArgMax(ReadOnlySpan<float> logits)
    {
        var best = -1;
        var bestLogit = float.NegativeInfinity;
        foreach (var id in _ids)
        {
            var logit = logits[id];
            if (logit > bestLogit)
            {
                (best, bestLogit) = (id, logit);
            }
        }

        return best;
    }
}
