using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;

namespace EcuAgent.Qwen.Generation;

/// <summary>One answer in the making: feeds the decoder and counts. Used by one thread at a time.</summary>
internal abstract class Answer
{
    // A mask of more tokens than this share of the vocabulary costs less as a whole head than row by row.
    private const int ReducedHeadShare = 16;

    private readonly AnswerContext _context;
    private readonly QwenDecoder _decoder;
    private readonly int[] _pending;
    private readonly long _runsBefore;
    private int _pendingCount;
    private bool _isPromptComputed;

    protected Answer(AnswerContext context)
    {
        _context = context;
        _decoder = context.Decoder;
        var prompt = context.Prompt;
        if (context.ReusePrefixes)
        {
            CachedTokens = context.Prefixes.Prepare(_decoder, prompt, context.PrefixLength);
        }
        else
        {
            _decoder.Clear();
        }

        _pending = new int[prompt.Length - CachedTokens + context.MaxTokens];
        prompt.AsSpan(CachedTokens).CopyTo(_pending);
        _pendingCount = prompt.Length - CachedTokens;
        _runsBefore = _decoder.RunCount;
    }

    public int PromptTokens => _context.Prompt.Length;

    /// <summary>Prompt tokens that were in the cache already.</summary>
    public int CachedTokens { get; }

    public int OutputTokens { get; private set; }

    /// <summary>Output tokens that the grammar fixed, so that no model run chose them.</summary>
    public int ForcedTokens { get; private set; }

    /// <summary>Runs that computed logits of a few tokens only.</summary>
    public int ReducedRuns { get; private set; }

    /// <summary>Model steps that a token-by-token loop would have run beyond those that this answer did.</summary>
    public int StepsSaved => ForcedTokens + AcceptedTokens;

    /// <summary>Output tokens that were guessed and that the model then chose.</summary>
    public int AcceptedTokens { get; private set; }

    /// <summary>Tokens that were guessed.</summary>
    public int DraftedTokens { get; private set; }

    public long ModelRuns => _decoder.RunCount - _runsBefore;

    public TimeSpan Elapsed => _context.Time.GetElapsedTime(_context.Started);

    public TimeSpan TimeLimit => _context.TimeLimit;

    public int MaxTokens => _context.MaxTokens;

    public ChatFinishReason FinishReason { get; protected set; } = ChatFinishReason.Stop;

    public QwenEndReason EndReason { get; private set; } = QwenEndReason.Complete;

    protected QwenTokenizer Tokenizer => _context.Tokenizer;

    protected int MaxCalls => _context.MaxCalls;

    protected bool AppendForced => _context.AppendForced;

    /// <summary>Produces the answer's contents one after the other; each step may run the model.</summary>
    public abstract IEnumerable<AIContent> Run(CancellationToken cancellationToken);

    /// <summary>Feeds what is pending and asks the model for the next token.</summary>
    /// <returns>One of the mask, or -1 when the time is over; then <see cref="EndReason"/> says so.</returns>
    /// <exception cref="OperationCanceledException">Checked before every model run, and a run in progress is ended.</exception>
    /// <exception cref="QwenRequestException">The run failed, or no allowed logit is a number.</exception>
    protected int Next(TokenMask mask, CancellationToken cancellationToken)
    {
        var isReduced = CanReduce(mask);
        if (!Feed(isReduced ? mask.Ids : default, cancellationToken))
        {
            EndReason = QwenEndReason.Deadline;
            return -1;
        }

        ReducedRuns += isReduced ? 1 : 0;
        var token = _context.Sampler?.Draw(mask, _decoder.Logits) ?? mask.ArgMax(_decoder.Logits);
        return token >= 0 ? token : throw NoNumber();
    }

    /// <summary>As <see cref="Next(TokenMask, CancellationToken)"/>, with a few logits raised or lowered before the choice.</summary>
    /// <param name="mask">The allowed tokens, a small number.</param>
    /// <param name="bias">What is added to the logit of each token of the mask, in its order.</param>
    /// <param name="cancellationToken">Checked before every model run, and a run in progress is ended.</param>
    /// <exception cref="QwenRequestException">The run failed, or no allowed logit is a number.</exception>
    protected int Next(TokenMask mask, ReadOnlySpan<float> bias, CancellationToken cancellationToken)
    {
        var isReduced = CanReduce(mask);
        var ids = mask.Ids;
        if (!Feed(isReduced ? ids : default, cancellationToken))
        {
            EndReason = QwenEndReason.Deadline;
            return -1;
        }

        ReducedRuns += isReduced ? 1 : 0;
        var logits = _decoder.Logits;
        Span<float> sums = stackalloc float[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            sums[i] = logits[isReduced ? i : ids[i]] + bias[i];
        }

        var token = _context.Sampler?.Draw(mask, sums) ?? mask.ArgMax(sums);
        return token >= 0 ? token : throw NoNumber();
    }

    /// <summary>Whether a run can decide about so many guessed tokens now.</summary>
    protected bool CanVerify(int count) => _context.DraftCopies
        && _context.Sampler is null
        && count < _decoder.MaxRows
        && _pendingCount + count <= _decoder.PrefillChunk
        && OutputTokens + count < _context.MaxTokens;

    /// <summary>
    /// Feeds what is pending and a guess. The guessed tokens that the model chooses too become output; then comes the token that it chooses
    /// after them.
    /// </summary>
    /// <returns>That token, or -1 when the time is over; how many guessed ones were accepted is <paramref name="accepted"/>.</returns>
    protected int Verify(CopyDraft draft, out int accepted, CancellationToken cancellationToken)
    {
        accepted = 0;
        draft.Tokens.CopyTo(_pending.AsSpan(_pendingCount));
        var isReduced = CanReduce(draft.Union);
        if (!Feed(isReduced ? draft.Union.Ids : default, cancellationToken, draft.Count))
        {
            EndReason = QwenEndReason.Deadline;
            return -1;
        }

        ReducedRuns += isReduced ? 1 : 0;
        while (true)
        {
            var mask = draft.MaskAfter(accepted);
            var logits = _decoder.LogitsOf(accepted);
            var token = isReduced ? mask.ArgMax(logits, draft.Union.Ids) : mask.ArgMax(logits);
            if (token < 0)
            {
                throw NoNumber();
            }

            if (accepted == draft.Count || token != draft.Tokens[accepted])
            {
                _decoder.Truncate(_decoder.Length - draft.Count + accepted);
                DraftedTokens += draft.Count;
                AcceptedTokens += accepted;
                OutputTokens += accepted;
                return token;
            }

            accepted++;
        }
    }

    /// <summary>Appends tokens to the answer; false, and nothing appended, when they do not fit; then <see cref="EndReason"/> says so.</summary>
    protected bool TryAppend(ReadOnlySpan<int> tokens, bool areForced)
    {
        if (OutputTokens + tokens.Length > _context.MaxTokens)
        {
            EndReason = _context.IsContextTheLimit ? QwenEndReason.Context : QwenEndReason.OutputTokens;
            return false;
        }

        tokens.CopyTo(_pending.AsSpan(_pendingCount));
        _pendingCount += tokens.Length;
        OutputTokens += tokens.Length;
        ForcedTokens += areForced ? tokens.Length : 0;
        return true;
    }

    private static QwenRequestException NoNumber() => new(QwenRequestError.BadLogits, "no allowed token has a logit that is a number");

    private bool CanReduce(TokenMask mask) => _context.ReduceHead && _decoder.HasReducedHead && mask.Ids.Length <= _decoder.VocabularySize / ReducedHeadShare;

    // A guess of so many tokens stands behind the pending ones.
    private bool Feed(ReadOnlySpan<int> head, CancellationToken cancellationToken, int guessed = 0)
    {
        // Before the last part of a long prompt nobody asks for logits, so one token's are computed.
        ReadOnlySpan<int> none = _decoder.HasReducedHead && _context.ReduceHead ? _pending.AsSpan(0, 1) : default;
        for (var fed = 0; fed < _pendingCount;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Elapsed > _context.TimeLimit)
            {
                KeepUnfed(fed);
                return false;
            }

            var count = Math.Min(_decoder.PrefillChunk, _pendingCount + guessed - fed);
            var isLast = fed + count == _pendingCount + guessed;
            if (!TryRun(_pending.AsSpan(fed, count), isLast ? head : none, isLast ? guessed + 1 : 1, cancellationToken))
            {
                KeepUnfed(fed);
                return false;
            }

            fed += count;
        }

        _pendingCount = 0;
        if (!_isPromptComputed)
        {
            _isPromptComputed = true;
            _context.Prefixes.Computed(_decoder);
        }

        return true;
    }

    private bool TryRun(ReadOnlySpan<int> tokens, ReadOnlySpan<int> head, int rows, CancellationToken cancellationToken)
    {
        try
        {
            _decoder.Append(tokens, head, rows);
            return true;
        }
        catch (RunCancelledException)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Not the caller, so the clock.
            return false;
        }
        catch (OnnxRuntimeException e)
        {
            throw new QwenRequestException(QwenRequestError.RunFailed, $"the model run over {tokens.Length} tokens after {_decoder.Length} failed: {e.Message}");
        }
    }

    private void KeepUnfed(int fed)
    {
        _pending.AsSpan(fed, _pendingCount - fed).CopyTo(_pending);
        _pendingCount -= fed;
    }
}
