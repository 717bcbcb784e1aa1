using System.Runtime.CompilerServices;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Generation;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Priors;
using EcuAgent.Qwen.Prompts;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Qwen;

/// <summary>
/// A local Qwen2.5- or Qwen3-architecture model as an <see cref="IChatClient"/>.
/// </summary>
/// <remarks>
/// <para>With tools, the answer is one to <see cref="QwenOptions.MaxCalls"/> calls, each of which satisfies its schema by
/// construction; the caller still decides what may be done. With <see cref="ChatToolMode.Auto"/> said explicitly, a model of the qwen
/// prompt style may answer in text instead. Without tools (or with <see cref="ChatToolMode.None"/>) it answers in text; a compact
/// model refuses.</para>
/// <para>Decoding is greedy unless <see cref="QwenOptions.AllowSampling"/>; penalties, stop sequences and response format are ignored.</para>
/// <para>An answer cut by tokens or time ends with <see cref="ChatFinishReason.Length"/> and names the <see cref="QwenEndReason"/>;
/// calls complete by then are in it, the cut one is not. Cancellation and deadline end a model run in progress between two operators.</para>
/// <para>Thread-safe: up to <see cref="QwenOptions.Sessions"/> requests run at a time, in order of arrival, on one copy of the weights;
/// at most <see cref="QwenOptions.MaxWaitingRequests"/> wait. Text of messages can never become control tokens. The key/value caches
/// keep the last prompts, so a common beginning is not computed again. A streaming answer holds its turn until its enumerator is
/// disposed, as await foreach does. Disposing the client cancels running requests and waits for their current model run.</para>
/// </remarks>
public sealed class QwenChatClient : IChatClient
{
    /// <summary>Key of <see cref="ChatOptions.AdditionalProperties"/>: a <see cref="TimeSpan"/> above zero to 10 minutes in the place of <see cref="QwenOptions.TimeLimit"/>.</summary>
    public const string TimeLimitKey = "ecuagent.time_limit";

    /// <summary>Key of the response's (and last update's) AdditionalProperties: why the answer ended, a <see cref="QwenEndReason"/>.</summary>
    public const string EndReasonKey = "ecuagent.end_reason";

    private const int AutoThreadLimit = 4;

    // Below this width an operator takes microseconds, and waiting for a second thread costs more than it brings.
    private const int MinWidthForThreads = 512;
    private const int MinRoomForAnswer = 8;

    private readonly QwenOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ModelPackage _package;
    private readonly QwenTokenizer _tokenizer;
    private readonly QwenDialect _dialect;
    private readonly QwenGraph _graph;
    private readonly SequencePool _pool;
    private readonly PrefixStore _prefixes;
    private readonly ToolSets _toolSets;
    private readonly PromptHeads _plainHeads = new();
    private readonly Lazy<TokenMask> _textMask;
    private readonly Lazy<TokenMask> _talkMask;
    private readonly SemaphoreSlim _turns;
    private readonly CancellationTokenSource _disposing = new();
    private readonly ChatClientMetadata _metadata;
    private readonly int _maxContext;
    private long _busyCount;
    private long _deadlinesMissed;
    private int _inside;
    private int _isDisposed;

    /// <summary>Loads a model; takes from tens of milliseconds (bundled model) to seconds (0.6 B parameters).</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="QwenModelException">The model cannot be used.</exception>
    public QwenChatClient(QwenOptions options, TimeProvider? time = null, ILogger<QwenChatClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FirstFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _options = options;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<QwenChatClient>.Instance;
        var started = _time.GetTimestamp();
        _package = PackageReader.Open(options.ModelDirectory, options.GraphFile, options.VerifyHashes);
        var manifest = _package.Manifest;
        if (options.MaxContext > manifest.MaxContext)
        {
            throw new ArgumentException($"{nameof(options.MaxContext)} = {options.MaxContext}, expected at most {manifest.MaxContext}, the limit of '{manifest.Name}'", nameof(options));
        }

        _maxContext = options.MaxContext > 0 ? options.MaxContext
            : _package.Layout == PackageLayout.Native ? manifest.MaxContext
            : Math.Min(manifest.MaxContext, ForeignModel.UsualContext);
        _tokenizer = QwenTokenizer.Load(_package.TokenizerPath, manifest.Config.VocabularySize, manifest.EosTokens, _package.MoreEosIds);
        _dialect = QwenDialect.Of(manifest.Architecture);
        var prior = _package.PriorPath is { } priorPath ? OpeningPrior.Load(priorPath) : null;
        var threads = options.ThreadCount > 0 ? options.ThreadCount
            : manifest.Config.HiddenSize < MinWidthForThreads ? 1
            : Math.Min(Environment.ProcessorCount, AutoThreadLimit);
        _graph = QwenGraph.Load(_package, new GraphSettings
        {
            ThreadCount = threads,
            ThreadAffinity = options.ThreadAffinity,
            MaySpin = options.AllowSpinning,
            Provider = options.ExecutionProvider,
            DeviceId = options.DeviceId,
            MayFallBack = options.FallBackToCpu,
        });
        try
        {
            var cacheBytes = CacheBytes();
            var prefixBytes = Math.Min(options.MaxPrefixBytes, options.MaxCacheBytes - cacheBytes);
            _pool = new SequencePool(_graph, options.Sessions, _maxContext, options.PrefillChunk);
            _prefixes = new PrefixStore(options.ReusePrefixes ? options.MaxPrefixes : 0, prefixBytes, savesAtOnce: options.Sessions > 1);
            Log.ProviderChosen(_logger, _graph.Execution.Provider, _graph.Execution.Reason);
            Log.CacheSetUp(
                _logger, options.Sessions, _maxContext, cacheBytes >> 20, _graph.SharesCache ? "appended in place" : "swapped after each run", options.MaxPrefixes, prefixBytes >> 20, _graph.Signature.HeadTokens is not null);
        }
        catch
        {
            _graph.Dispose();
            throw;
        }

        _toolSets = new ToolSets(_package, _tokenizer, _time, _logger, prior);
        _textMask = new(() => TextAnswer.MaskOf(_tokenizer, withCalls: false));
        _talkMask = new(() => TextAnswer.MaskOf(_tokenizer, withCalls: true));
        _turns = new SemaphoreSlim(options.Sessions, options.Sessions);
        _metadata = new ChatClientMetadata("ecuagent-qwen", defaultModelId: manifest.Name);
        Log.ModelLoaded(_logger, manifest.Name, _package.GraphPath, _package.Layout.ToString(), manifest.Config.LayerCount, manifest.WeightBits, manifest.PromptStyle, _maxContext, threads, (long)_time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Name of the loaded model.</summary>
    public string ModelName => _package.Manifest.Name;

    /// <summary>Requests refused because too many were waiting.</summary>
    public long BusyCount => Interlocked.Read(ref _busyCount);

    /// <summary>Where the model runs; never Auto.</summary>
    public QwenExecutionProvider ExecutionProvider => _graph.Execution.Provider;

    /// <summary>Counters up to now.</summary>
    public QwenStatistics Statistics
    {
        get
        {
            var (count, bytes, hits, restored, evictions) = _prefixes.Counters;
            return new QwenStatistics(BusyCount, Interlocked.Read(ref _deadlinesMissed), count, bytes, hits, restored, evictions);
        }
    }

    /// <summary>
    /// Reads and compiles the tools, computes what all requests share (system text and tools) and answers one made-up request, so that the
    /// first real one is not slower than the others. Call it at start: tools that do not fit the model are found here. It may take as long as
    /// it needs: 5,000 tokens of tools on a model of 0.6 B parameters are about a minute on two processors.
    /// </summary>
    /// <param name="options">As in later requests.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="QwenRequestException">The tools are not those the model was trained on, or a schema is outside the subset.</exception>
    public Task WarmUpAsync(ChatOptions options, CancellationToken cancellationToken = default) => WarmUpAsync([], options, cancellationToken);

    /// <summary>As <see cref="WarmUpAsync(ChatOptions, CancellationToken)"/>, with the messages that stand before every utterance (system, brand).</summary>
    /// <exception cref="QwenRequestException">The tools are not those the model was trained on, or a schema is outside the subset.</exception>
    public Task WarmUpAsync(IEnumerable<ChatMessage> leading, ChatOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var unhurried = options.Clone();
        unhurried.AdditionalProperties = new(options.AdditionalProperties ?? []) { [TimeLimitKey] = QwenOptions.MaxTimeLimit };
        return GetResponseAsync([.. leading, new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\nhello")], unhurried, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="QwenRequestException">The request cannot be served; see <see cref="QwenRequestError"/>.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var list = Materialize(messages);
        using var turn = await EnterAsync(options, cancellationToken).ConfigureAwait(false);
        return await Task.Run(
            () =>
            {
                using var answering = Begin(list, options, turn);
                using var use = answering.Decoder.Use();
                var answer = Start(answering);
                return Respond(answer, Join(answer.Run(turn.CallerToken)));
            },
            turn.CallerToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>One update for each call or piece of text, then one with finish reason and usage.</remarks>
    /// <exception cref="QwenRequestException">The request cannot be served; see <see cref="QwenRequestError"/>.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var list = Materialize(messages);
        using var turn = await EnterAsync(options, cancellationToken).ConfigureAwait(false);
        var id = NewResponseId();
        using var answering = await Task.Run(() => Begin(list, options, turn), turn.CallerToken).ConfigureAwait(false);
        var answer = await Task.Run(() => Start(answering), turn.CallerToken).ConfigureAwait(false);
        using var contents = answer.Run(turn.CallerToken).GetEnumerator();
        while (await Task.Run(() => MoveNext(answering.Decoder, contents), turn.CallerToken).ConfigureAwait(false))
        {
            Trace(contents.Current);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [contents.Current]) { ResponseId = id, MessageId = id, ModelId = ModelName, CreatedAt = _time.GetUtcNow() };
        }

        End(answer);
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(UsageOf(answer))])
        {
            ResponseId = id,
            MessageId = id,
            ModelId = ModelName,
            CreatedAt = _time.GetUtcNow(),
            FinishReason = answer.FinishReason,
            AdditionalProperties = new() { [EndReasonKey] = answer.EndReason },
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Cancels the running requests, waits for their current model run and frees the model.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _disposing.Cancel();
        _pool.Dispose();
        _prefixes.Dispose();
        _graph.Dispose();
    }

    private static IReadOnlyList<ChatMessage> Materialize(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages as IReadOnlyList<ChatMessage> ?? [.. messages];
    }

    private static string NewResponseId() => Guid.NewGuid().ToString("N");

    private static bool MoveNext(QwenDecoder decoder, IEnumerator<AIContent> contents)
    {
        using var use = decoder.Use();
        return contents.MoveNext();
    }

    private static Answer Start(Answering answering)
    {
        using var use = answering.Decoder.Use();
        return answering.Start();
    }

    private static List<AIContent> Join(IEnumerable<AIContent> contents)
    {
        var joined = new List<AIContent>();
        var text = new System.Text.StringBuilder();
        foreach (var content in contents)
        {
            if (content is TextContent piece)
            {
                text.Append(piece.Text);
            }
            else
            {
                joined.Add(content);
            }
        }

        if (text.Length > 0)
        {
            joined.Insert(0, new TextContent(text.ToString()));
        }

        return joined;
    }

    private static UsageDetails UsageOf(Answer answer) => new()
    {
        InputTokenCount = answer.PromptTokens,
        CachedInputTokenCount = answer.CachedTokens,
        OutputTokenCount = answer.OutputTokens,
        TotalTokenCount = answer.PromptTokens + answer.OutputTokens,
        AdditionalCounts = new()
        {
            ["forced_tokens"] = answer.ForcedTokens,
            ["model_runs"] = answer.ModelRuns,
            ["steps_saved"] = answer.StepsSaved,
            ["reduced_head_runs"] = answer.ReducedRuns,
            ["drafted_tokens"] = answer.DraftedTokens,
        },
    };

    private long CacheBytes()
    {
        var perPosition = KvCache.BytesOf(_graph.Signature, 1, _graph.SharesCache) * _options.Sessions;
        var bytes = perPosition * _maxContext;
        return bytes <= _options.MaxCacheBytes
            ? bytes
            : throw new QwenModelException(
                QwenModelError.TooLarge,
                _package.GraphPath,
                $"{_options.Sessions} key/value caches of {_maxContext} positions take {bytes} bytes, {nameof(QwenOptions.MaxCacheBytes)} is {_options.MaxCacheBytes}: set {nameof(QwenOptions.MaxContext)} to at most {_options.MaxCacheBytes / perPosition}");
    }

    // Everything that can be refused is refused before a sequence is touched.
    private Answering Begin(IReadOnlyList<ChatMessage> messages, ChatOptions? options, Turn turn)
    {
        var tools = RequestTools.Of(options);
        var isCompact = _package.Style == PromptStyle.Compact;
        if (isCompact && tools.Callable.Count == 0)
        {
            throw new QwenRequestException(QwenRequestError.ToolsRequired, $"'{ModelName}' is a compact model: it answers in tool calls only, and the request has no tools");
        }

        var set = tools.Callable.Count > 0 ? _toolSets.GetOrAdd(tools.Callable, tools.Offered) : null;
        var prompt = isCompact
            ? CompactPrompt.Build(_tokenizer, messages, set?.Schemas)
            : QwenPrompt.Build(_tokenizer, messages, tools.Offered, options?.Instructions, _dialect, HeadsOf(tools, set));
        _ = set?.GrammarFor(prompt.Utterance);
        var room = _maxContext - prompt.Ids.Length;
        if (room < MinRoomForAnswer)
        {
            throw new QwenRequestException(QwenRequestError.PromptTooLong, $"the prompt has {prompt.Ids.Length} tokens, expected at most {_maxContext - MinRoomForAnswer}");
        }

        var asked = Math.Min(_options.MaxOutputTokens, Math.Max(1, options?.MaxOutputTokens ?? _options.MaxOutputTokens));
        var sampler = SamplerFor(options);
        var decoder = _pool.Rent(prompt.Ids);
        var context = new AnswerContext
        {
            Decoder = decoder,
            Prefixes = _prefixes,
            Tokenizer = _tokenizer,
            Time = _time,
            Prompt = prompt.Ids,
            PrefixLength = prompt.HeadLength,
            PriorText = prompt.Alone,
            MaxTokens = Math.Min(room, asked),
            IsContextTheLimit = room < asked,
            MaxCalls = options?.AllowMultipleToolCalls == false ? 1 : _options.MaxCalls,
            Started = turn.Started,
            TimeLimit = turn.TimeLimit,
            AppendForced = _options.AppendForcedTokens,
            ReduceHead = _options.ReduceHead,
            ReusePrefixes = _options.ReusePrefixes,
            DraftCopies = _options.DraftCopies,
            Sampler = sampler,
        };
        var talk = tools.MayTalk && !isCompact && _tokenizer.TryGetAdded(CallGrammarBuilder.CallToken, out var call) && !_tokenizer.IsSpecial(call) ? _talkMask.Value : null;
        return new Answering(_pool, decoder, () => set is not null ? new CallAnswer(context, prompt.Utterance, set, talk) : new TextAnswer(context, _textMask.Value), turn.RunToken);
    }

    // The head lists all tools, also where one of them is required, so that it stays the same.
    private PromptHeads HeadsOf(RequestTools tools, ToolSet? set) =>
        set is null ? _plainHeads : ReferenceEquals(tools.Offered, tools.Callable) ? set.Heads : _toolSets.GetOrAdd(tools.Offered, tools.Offered).Heads;

    private Sampler? SamplerFor(ChatOptions? options)
    {
        if (!_options.AllowSampling || options?.Temperature is not > 0)
        {
            return null;
        }

        var topP = options.TopP ?? 1;
        var topK = options.TopK ?? Sampler.MaxTopK;
        return topP is > 0 and <= 1 && topK is >= 1 && float.IsFinite(options.Temperature.Value)
            ? new Sampler(options.Temperature.Value, topP, Math.Min(topK, Sampler.MaxTopK), (int)(options.Seed ?? 0))
            : throw new QwenRequestException(QwenRequestError.BadOption, $"temperature {options.Temperature}, top-p {topP}, top-k {topK}: expected a finite temperature, 0 < top-p <= 1 and top-k from 1 on");
    }

    private ChatResponse Respond(Answer answer, List<AIContent> contents)
    {
        foreach (var content in contents)
        {
            Trace(content);
        }

        End(answer);
        var id = NewResponseId();
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = id })
        {
            ResponseId = id,
            ModelId = ModelName,
            CreatedAt = _time.GetUtcNow(),
            FinishReason = answer.FinishReason,
            Usage = UsageOf(answer),
            AdditionalProperties = new() { [EndReasonKey] = answer.EndReason },
        };
    }

    private void Trace(AIContent content)
    {
        if (content is FunctionCallContent call && _logger.IsEnabled(LogLevel.Trace))
        {
            Log.Call(_logger, call.Name, System.Text.Json.JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions));
        }
    }

    private void End(Answer answer)
    {
        var elapsedMs = answer.Elapsed.TotalMilliseconds;
        Log.AnswerDone(_logger, answer.FinishReason.Value, answer.PromptTokens, answer.CachedTokens, answer.OutputTokens, answer.ForcedTokens, answer.ModelRuns, elapsedMs);
        if (answer.EndReason != QwenEndReason.Complete)
        {
            if (answer.EndReason == QwenEndReason.Deadline)
            {
                Interlocked.Increment(ref _deadlinesMissed);
            }

            Log.AnswerCut(_logger, answer.EndReason, answer.OutputTokens, elapsedMs, answer.MaxTokens, answer.TimeLimit);
        }
    }

    private async Task<Turn> EnterAsync(ChatOptions? options, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var turn = new Turn(this, _time, TimeLimitOf(options), cancellationToken, _disposing.Token);
        var inside = Interlocked.Increment(ref _inside);
        try
        {
            if (inside > _options.MaxWaitingRequests + _options.Sessions)
            {
                Interlocked.Increment(ref _busyCount);
                Log.Busy(_logger, _options.MaxWaitingRequests, _options.MaxWaitingRequests);
                throw new QwenRequestException(QwenRequestError.Busy, $"{_options.MaxWaitingRequests} requests wait already");
            }

            await _turns.WaitAsync(turn.RunToken).ConfigureAwait(false);
            if (_isDisposed != 0)
            {
                _turns.Release();
                throw new ObjectDisposedException(nameof(QwenChatClient));
            }

            return turn;
        }
        catch (Exception e)
        {
            Interlocked.Decrement(ref _inside);
            var isLate = e is OperationCanceledException && !turn.CallerToken.IsCancellationRequested;
            turn.Abandon();
            if (isLate)
            {
                Interlocked.Increment(ref _deadlinesMissed);
                Log.DeadlineWhileWaiting(_logger, turn.TimeLimit);
                throw new QwenRequestException(QwenRequestError.Deadline, $"the {turn.TimeLimit} of the request were over before its turn came");
            }

            throw;
        }
    }

    private TimeSpan TimeLimitOf(ChatOptions? options)
    {
        if (options?.AdditionalProperties?.TryGetValue(TimeLimitKey, out var value) is not true || value is null)
        {
            return _options.TimeLimit;
        }

        return value is TimeSpan limit && limit > TimeSpan.Zero && limit <= QwenOptions.MaxTimeLimit
            ? limit
            : throw new QwenRequestException(QwenRequestError.BadOption, $"{TimeLimitKey} = {value} ({value.GetType().Name}), expected a TimeSpan above 0 to {QwenOptions.MaxTimeLimit}");
    }

    private void Leave()
    {
        _turns.Release();
        Interlocked.Decrement(ref _inside);
    }

    /// <summary>A request's turn, from its arrival on: its clock and what ends it.</summary>
    private sealed class Turn : IDisposable
    {
        private readonly QwenChatClient _client;
        private readonly CancellationTokenSource _caller;
        private readonly CancellationTokenSource _deadline;
        private readonly CancellationTokenSource _either;
        private bool _isOver;

        public Turn(QwenChatClient client, TimeProvider time, TimeSpan limit, CancellationToken caller, CancellationToken disposing)
        {
            _client = client;
            TimeLimit = limit;
            Started = time.GetTimestamp();
            _caller = CancellationTokenSource.CreateLinkedTokenSource(caller, disposing);
            _deadline = new CancellationTokenSource(limit, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_caller.Token, _deadline.Token);
            CallerToken = _caller.Token;
            RunToken = _either.Token;
        }

        public long Started { get; }

        public TimeSpan TimeLimit { get; }

        /// <summary>The caller's cancellation and the client's disposal.</summary>
        public CancellationToken CallerToken { get; }

        /// <summary>These and the deadline.</summary>
        public CancellationToken RunToken { get; }

        /// <summary>Ends a turn that never came.</summary>
        public void Abandon()
        {
            _isOver = true;
            _either.Dispose();
            _deadline.Dispose();
            _caller.Dispose();
        }

        public void Dispose()
        {
            if (!_isOver)
            {
                Abandon();
                _client.Leave();
            }
        }
    }
}
