using System.Buffers;

namespace EcuAgent.Qwen.Priors;

/// <summary>
/// A bag of hashed n-grams that says how likely each tool is for the first call, from the words of the utterance alone. It sees other
/// things than the model does, so both together are right more often than either. Optional file of a package; tools/train/prior.py
/// makes it and describes the format. Immutable; safe for several threads.
/// </summary>
internal sealed class OpeningPrior
{
    private const double LeastShare = 1e-12;

    private readonly PriorData _data;

    private OpeningPrior(PriorData data) => _data = data;

    /// <summary>The tools that it knows.</summary>
    public IReadOnlyList<string> Tools => _data.Tools;

    /// <summary>Place of a tool in <see cref="Tools"/>, or -1.</summary>
    public int IndexOf(string tool) => Array.IndexOf(_data.Tools, tool);

    /// <summary>Share of its log-probabilities in the sum.</summary>
    public float Weight => _data.Weight;

    /// <exception cref="QwenModelException">The file is not one, or a number in it is out of range.</exception>
    public static OpeningPrior Load(string path) => new(PriorReader.Read(path));

    /// <summary>Finds what to add to the logits of the tokens that open the first call. Buffers are pooled; nothing else is allocated.</summary>
    /// <param name="text">The utterance in NFC.</param>
    /// <param name="bias">Takes one value for each of <see cref="Tools"/>, in logits: weight times natural log-probability, and the tool's own bias.</param>
    /// <returns>False where the text holds no letter; then nothing is to be added.</returns>
    public bool TryFind(ReadOnlySpan<char> text, Span<float> bias)
    {
        var buffer = ArrayPool<int>.Shared.Rent(_data.Buckets.MaxCount);
        try
        {
            var count = _data.Buckets.Find(text, buffer);
            if (count == 0)
            {
                return false;
            }

            Score(buffer.AsSpan(0, count), bias[.._data.Tools.Length]);
            return true;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(buffer);
        }
    }

    private void Score(ReadOnlySpan<int> buckets, Span<float> bias)
    {
        var dimensions = _data.Scales.Length;
        Span<int> sums = stackalloc int[PriorData.MostDimensions];
        sums = sums[..dimensions];
        sums.Clear();
        foreach (var bucket in buckets)
        {
            var row = _data.Rows.AsSpan(bucket * dimensions, dimensions);
            for (var d = 0; d < row.Length; d++)
            {
                sums[d] += row[d];
            }
        }

        var length = Math.Sqrt(buckets.Length);
        Span<double> scores = stackalloc double[PriorData.MostClasses];
        scores = scores[.._data.ClassTools.Length];
        var best = double.NegativeInfinity;
        for (var c = 0; c < scores.Length; c++)
        {
            var weights = _data.Output.AsSpan(c * dimensions, dimensions);
            double score = _data.ClassBias[c];
            for (var d = 0; d < dimensions; d++)
            {
                score += weights[d] * (sums[d] * _data.Scales[d] / length);
            }

            scores[c] = score;
            best = Math.Max(best, score);
        }

        Span<double> shares = stackalloc double[PriorData.MostTools];
        shares = shares[..bias.Length];
        shares.Clear();
        var total = 0.0;
        for (var c = 0; c < scores.Length; c++)
        {
            var odds = Math.Exp(scores[c] - best);
            shares[_data.ClassTools[c]] += odds;
            total += odds;
        }

        for (var t = 0; t < bias.Length; t++)
        {
            bias[t] = (float)(_data.Weight * Math.Log(Math.Max(shares[t] / total, LeastShare))) + _data.ToolBias[t];
        }
    }
}
