using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Tokenization;

namespace EcuAgent.Qwen.Generation;

/// <summary>What an answer works with and what it may cost.</summary>
internal sealed class AnswerContext
{
    public required QwenDecoder Decoder { get; init; }

    public required PrefixStore Prefixes { get; init; }

    public required QwenTokenizer Tokenizer { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The whole prompt.</summary>
    public required int[] Prompt { get; init; }

    /// <summary>Tokens of it that other prompts share.</summary>
    public int PrefixLength { get; init; }

    /// <summary>Most output tokens.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Whether <see cref="MaxTokens"/> is what the context leaves, rather than what an option allows.</summary>
    public bool IsContextTheLimit { get; init; }

    /// <summary>Most tool calls.</summary>
    public required int MaxCalls { get; init; }

    /// <summary>Timestamp of the request's arrival.</summary>
    public required long Started { get; init; }

    /// <summary>Time from then on.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Whether text that the grammar fixes skips the model.</summary>
    public bool AppendForced { get; init; } = true;

    /// <summary>Whether only logits of allowed tokens are computed where the graph can do that.</summary>
    public bool ReduceHead { get; init; } = true;

    /// <summary>Whether a beginning of the prompt that is in the cache is used.</summary>
    public bool ReusePrefixes { get; init; } = true;

    /// <summary>Whether the rest of a copied text is guessed and decided in one run, where the graph gives logits for several positions.</summary>
    public bool DraftCopies { get; init; } = true;

    /// <summary>The utterance in NFC that a prior of the first call may look at; null where the model alone decides, as after an earlier exchange.</summary>
    public string? PriorText { get; init; }

    /// <summary>Draws tokens by chance; null is greedy.</summary>
    public Sampler? Sampler { get; init; }
}
