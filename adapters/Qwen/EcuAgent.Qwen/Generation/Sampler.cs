using EcuAgent.Qwen.Grammar;

namespace EcuAgent.Qwen.Generation;

/// <summary>Draws a token from the allowed ones: the likeliest few (top-k), of these the likeliest that reach a probability (top-p), at a temperature.</summary>
/// <param name="temperature">Above 0.</param>
/// <param name="topP">Above 0, at most 1.</param>
/// <param name="topK">1 to <see cref="MaxTopK"/>.</param>
/// <param name="seed">The same seed draws the same tokens.</param>
internal sealed class Sampler(double temperature, double topP, int topK, int seed)
{
    public const int MaxTopK = 256;
    private readonly Random _random = new(seed);
    private readonly (float Logit, int Id)[] _best = new (float, int)[topK];
    private readonly double[] _weights = new double[topK];

    /// <summary>A token, or -1 when no logit is a number.</summary>
    /// <param name="mask">The allowed tokens.</param>
    /// <param name="logits">One for each token of the vocabulary, or one for each token of the mask.</param>
    public int Draw(TokenMask mask, ReadOnlySpan<float> logits)
    {
        var count = Likeliest(mask.Ids, logits);
        if (count == 0)
        {
            return -1;
        }

        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += _weights[i] = Math.Exp((_best[i].Logit - _best[0].Logit) / temperature);
        }

        var (kept, inside) = (0, 0.0);
        while (kept < count && (kept == 0 || inside < topP * sum))
        {
            inside += _weights[kept++];
        }

        var drawn = _random.NextDouble() * inside;
        for (var i = 0; i < kept - 1; i++)
        {
            drawn -= _weights[i];
            if (drawn < 0)
            {
                return _best[i].Id;
            }
        }

        return _best[kept - 1].Id;
    }

    // The likeliest first, the lower id first among equals; k is small, so each newcomer is moved to its place.
    private int Likeliest(ReadOnlySpan<int> ids, ReadOnlySpan<float> logits)
    {
        var isReduced = logits.Length == ids.Length;
        var count = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            var logit = logits[isReduced ? i : ids[i]];
            if (!float.IsFinite(logit) || (count == _best.Length && logit <= _best[count - 1].Logit))
            {
                continue;
            }

            var at = count < _best.Length ? count++ : count - 1;
            for (; at > 0 && _best[at - 1].Logit < logit; at--)
            {
                _best[at] = _best[at - 1];
            }

            _best[at] = (logit, ids[i]);
        }

        return count;
    }
}
