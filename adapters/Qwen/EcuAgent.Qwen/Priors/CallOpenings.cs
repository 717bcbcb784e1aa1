using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;

namespace EcuAgent.Qwen.Priors;

/// <summary>The tokens that open a call, one for each tool that a grammar allows, and their tools in a prior.</summary>
internal sealed class CallOpenings
{
    private readonly OpeningPrior _prior;
    private readonly int[] _toolOf;

    private CallOpenings(OpeningPrior prior, TokenMask mask, int[] toolOf)
    {
        _prior = prior;
        Mask = mask;
        _toolOf = toolOf;
    }

    /// <summary>The opening tokens.</summary>
    public TokenMask Mask { get; }

    /// <summary>Finds the openings; null where there is nothing to choose or a tool has no such token, so that the grammar alone must do.</summary>
    /// <param name="prior">The prior; every tool of the grammar must be in it.</param>
    /// <param name="tools">Names of the tools that may be called.</param>
    /// <param name="allowed">Tokens that the grammar allows at the start of a call.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    public static CallOpenings? Find(OpeningPrior prior, IEnumerable<string> tools, TokenMask allowed, QwenTokenizer tokenizer)
    {
        var found = new SortedDictionary<int, int>();
        foreach (var tool in tools)
        {
            if (!tokenizer.TryGetAdded(CallGrammarBuilder.BlockStart + tool + CallGrammarBuilder.ArgumentsStart, out var id))
            {
                return null;
            }

            if (!allowed.Contains(id))
            {
                continue;
            }

            var index = prior.IndexOf(tool);
            if (index < 0)
            {
                return null;
            }

            found.Add(id, index);
        }

        return found.Count > 1 ? new CallOpenings(prior, new TokenMask(found.Keys), [.. found.Values]) : null;
    }

    /// <summary>Finds what to add to the logits.</summary>
    /// <param name="utterance">In NFC.</param>
    /// <param name="bias">Takes one value for each token of <see cref="Mask"/>, in its order.</param>
    /// <returns>False where the utterance holds no letter.</returns>
    public bool TryFindBias(string utterance, Span<float> bias)
    {
        Span<float> ofTools = stackalloc float[PriorData.MostTools];
        if (!_prior.TryFind(utterance, ofTools))
        {
            return false;
        }

        for (var i = 0; i < _toolOf.Length; i++)
        {
            bias[i] = ofTools[_toolOf[i]];
        }

        return true;
    }
}
