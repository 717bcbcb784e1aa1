using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>One answer in the making: feeds the decoder and counts. Used by one thread at a time.</summary>
internal abstract class Answer
{
    private readonly QwenDecoder _decoder;
    private readonly TimeProvider _time;
    private readonly AnswerLimits _limits;
    private readonly int[] _pending;
    private readonly long _started;
    private readonly long _runsBefore;
    private int _pendingCount;

    protected Answer(QwenDecoder decoder, QwenTokenizer tokenizer, int[] prompt, AnswerLimits limits, TimeProvider time)
    {
        _decoder = decoder;
        _time = time;
        _limits = limits;
        Tokenizer = tokenizer;
        PromptTokens = prompt.Length;
        CachedTokens = decoder.Rewind(prompt);
        _pending = new int[prompt.Length + limits.MaxTokens];
        prompt.AsSpan(CachedTokens).CopyTo(_pending);
        _pendingCount = prompt.Length - CachedTokens;
        _started = time.GetTimestamp();
        _runsBefore = decoder.RunCount;
    }

    public int PromptTokens { get; }

    /// <summary>Prompt tokens that were in the cache already.</summary>
    public int CachedTokens { get; }

    public int OutputTokens { get; private set; }

    /// <summary>Output tokens that the grammar fixed, so that no model run chose them.</summary>
    public int ForcedTokens { get; private set; }

    public long ModelRuns => _decoder.RunCount - _runsBefore;

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    public ChatFinishReason FinishReason { get; protected set; } = ChatFinishReason.Stop;

    protected QwenTokenizer Tokenizer { get; }

    protected AnswerLimits Limits => _limits;

    protected ReadOnlySpan<float> Logits => _decoder.Logits;

    /// <summary>Produces the answer's contents one after the other; each step may run the model.</summary>
    public abstract IEnumerable<AIContent> Run(CancellationToken cancellationToken);

    /// <summary>Feeds what is pending, so that <see cref="Logits"/> are those of the next token. False when the time is over.</summary>
    /// <exception cref="OperationCanceledException">Checked before every model run.</exception>
    protected bool Feed(CancellationToken cancellationToken)
    {
        for (var fed = 0; fed < _pendingCount;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_time.GetElapsedTime(_started) > _limits.Time)
            {
                return false;
            }

            var count = Math.Min(_decoder.PrefillChunk, _pendingCount - fed);
            _decoder.Append(_pending.AsSpan(fed, count));
            fed += count;
        }

        _pendingCount = 0;
        return true;
    }

    /// <summary>Appends tokens to the answer; false, and nothing appended, when they do not fit.</summary>
    protected bool TryAppend(ReadOnlySpan<int> tokens, bool areForced)
    {
        if (OutputTokens + tokens.Length > _limits.MaxTokens)
        {
            return false;
        }

        tokens.CopyTo(_pending.AsSpan(_pendingCount));
        _pendingCount += tokens.Length;
        OutputTokens += tokens.Length;
        ForcedTokens += areForced ? tokens.Length : 0;
        return true;
    }

    /// <exception cref="QwenRequestException">No allowed logit is a number.</exception>
    protected static int Choose(int token) => token >= 0
        ? token
        : throw new QwenRequestException(QwenRequestError.BadLogits, "no allowed token has a logit that is a number");
}
