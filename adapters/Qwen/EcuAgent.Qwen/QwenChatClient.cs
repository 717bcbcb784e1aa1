using System.Runtime.CompilerServices;
using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Generation;
using EcuAgent.Qwen.Grammar;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Prompts;
using EcuAgent.Qwen.Tokenization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Qwen;

/// <summary>
/// A local Qwen3-architecture model as an <see cref="IChatClient"/>.
/// </summary>
/// <remarks>
/// <para>With tools, the answer is always one to <see cref="QwenOptions.MaxCalls"/> calls, each of which satisfies its schema by
/// construction; the caller still decides what may be done. Without tools (or with <see cref="ChatToolMode.None"/>) a model of
/// the qwen prompt style answers in text; a compact model refuses.</para>
/// <para>Decoding is greedy: temperature, top-p, top-k, seed, penalties, stop sequences and response format are ignored.</para>
/// <para>An answer cut by tokens or time ends with <see cref="ChatFinishReason.Length"/>; calls complete by then are in it, the
/// cut one is not. Cancellation is seen before the next model run.</para>
/// <para>Thread-safe: requests run one at a time in order of arrival; at most <see cref="QwenOptions.MaxWaitingRequests"/> wait.
/// Text of messages can never become control tokens. The key/value cache keeps the last prompt, so a common beginning is not
/// computed again. A streaming answer holds its turn until its enumerator is disposed, as await foreach does. Disposing the client
/// cancels the running request and waits for its current model run.</para>
/// </remarks>
public sealed class QwenChatClient : IChatClient
{
    private const int AutoThreadLimit = 4;

    // Below this width an operator takes microseconds, and waiting for a second thread costs more than it brings.
    private const int MinWidthForThreads = 512;
    private const int KeptToolSets = 4;
    private const int MinRoomForAnswer = 8;

    private readonly QwenOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ModelPackage _package;
    private readonly QwenTokenizer _tokenizer;
    private readonly TokenTrie _trie;
    private readonly QwenDecoder _decoder;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly CancellationTokenSource _disposing = new();
    private readonly List<ToolSet> _toolSets = [];
    private readonly ChatClientMetadata _metadata;
    private TokenMask? _textMask;
    private long _busyCount;
    private int _inside;
    private int _isDisposed;

    /// <summary>Loads a model package; takes from tens of milliseconds (bundled model) to seconds (0.6 B parameters).</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="QwenModelException">The package cannot be used.</exception>
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
        _package = ModelPackage.Open(options.ModelDirectory, options.VerifyHashes);
        var manifest = _package.Manifest;
        if (options.MaxContext > manifest.MaxContext)
        {
            throw new ArgumentException($"{nameof(options.MaxContext)} = {options.MaxContext}, expected at most {manifest.MaxContext}, the limit of '{manifest.Name}'", nameof(options));
        }

        _tokenizer = QwenTokenizer.Load(_package.TokenizerPath, manifest.Config.VocabularySize, manifest.EosTokens);
        _trie = new TokenTrie(_tokenizer);
        var threads = options.ThreadCount > 0 ? options.ThreadCount
            : manifest.Config.HiddenSize < MinWidthForThreads ? 1
            : Math.Min(Environment.ProcessorCount, AutoThreadLimit);
        _decoder = new QwenDecoder(_package, options.MaxContext > 0 ? options.MaxContext : manifest.MaxContext, threads, options.PrefillChunk);
        _metadata = new ChatClientMetadata("ecuagent-qwen", defaultModelId: manifest.Name);
        Log.ModelLoaded(_logger, manifest.Name, _package.Directory, manifest.Config.LayerCount, manifest.WeightBits, manifest.PromptStyle, _decoder.MaxContext, threads, (long)_time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Name of the loaded model.</summary>
    public string ModelName => _package.Manifest.Name;

    /// <summary>Requests refused because too many were waiting.</summary>
    public long BusyCount => Interlocked.Read(ref _busyCount);

    /// <summary>
    /// Reads and compiles the tools and answers one made-up request, so that the first real one is not slower than the others.
    /// Call it at start: tools that do not fit the model are found here.
    /// </summary>
    /// <exception cref="QwenRequestException">The tools are not those the model was trained on, or a schema is outside the subset.</exception>
    public Task WarmUpAsync(ChatOptions options, CancellationToken cancellationToken = default) =>
        GetResponseAsync([new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\nhello")], options, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="QwenRequestException">The request cannot be served; see <see cref="QwenRequestError"/>.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var list = Materialize(messages);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        await EnterAsync(linked.Token).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    var answer = Begin(list, options);
                    var contents = Join(answer.Run(linked.Token));
                    return Respond(answer, contents);
                },
                linked.Token).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
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
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        await EnterAsync(linked.Token).ConfigureAwait(false);
        try
        {
            var id = NewResponseId();
            var answer = await Task.Run(() => Begin(list, options), linked.Token).ConfigureAwait(false);
            using var contents = answer.Run(linked.Token).GetEnumerator();
            while (await Task.Run(contents.MoveNext, linked.Token).ConfigureAwait(false))
            {
                Trace(contents.Current);
                yield return new ChatResponseUpdate(ChatRole.Assistant, [contents.Current]) { ResponseId = id, MessageId = id, ModelId = ModelName };
            }

            LogEnd(answer);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(UsageOf(answer))])
            {
                ResponseId = id,
                MessageId = id,
                ModelId = ModelName,
                FinishReason = answer.FinishReason,
            };
        }
        finally
        {
            Leave();
        }
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

    /// <summary>Cancels the running request, waits for its current model run and frees the model.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _disposing.Cancel();
        _decoder.Dispose();
    }

    private static IReadOnlyList<ChatMessage> Materialize(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages as IReadOnlyList<ChatMessage> ?? [.. messages];
    }

    private static string NewResponseId() => Guid.NewGuid().ToString("N");

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
        AdditionalCounts = new() { ["forced_tokens"] = answer.ForcedTokens, ["model_runs"] = answer.ModelRuns },
    };

    private static List<AIFunctionDeclaration> ToolsOf(ChatOptions? options)
    {
        if (options?.Tools is not { Count: > 0 } || options.ToolMode is NoneChatToolMode)
        {
            return [];
        }

        var only = (options.ToolMode as RequiredChatToolMode)?.RequiredFunctionName;
        var tools = new List<AIFunctionDeclaration>();
        foreach (var tool in options.Tools)
        {
            if (tool is not AIFunctionDeclaration declaration)
            {
                throw new QwenRequestException(QwenRequestError.UnsupportedSchema, $"tool '{tool.Name}' is a {tool.GetType().Name}, expected a function with a schema");
            }

            if (tools.Exists(t => t.Name == declaration.Name))
            {
                throw new QwenRequestException(QwenRequestError.UnsupportedSchema, $"tool '{tool.Name}' occurs twice");
            }

            tools.Add(declaration);
        }

        if (only is not null && tools.RemoveAll(t => t.Name != only) is var _ && tools.Count == 0)
        {
            throw new QwenRequestException(QwenRequestError.ToolsRequired, $"the required function '{only}' is not among the tools");
        }

        return tools;
    }

    private Answer Begin(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var tools = ToolsOf(options);
        var isCompact = _package.Style == PromptStyle.Compact;
        if (isCompact && tools.Count == 0)
        {
            throw new QwenRequestException(QwenRequestError.ToolsRequired, $"'{ModelName}' is a compact model: it answers in tool calls only, and the request has no tools");
        }

        var set = tools.Count > 0 ? ToolSetFor(tools, isCompact ? ToolsOf(new ChatOptions { Tools = options!.Tools }) : null) : null;
        var prompt = isCompact
            ? CompactPrompt.Build(_tokenizer, messages, set?.Schemas)
            : QwenPrompt.Build(_tokenizer, messages, tools, options?.Instructions);
        var limits = LimitsFor(prompt.Ids.Length, options);
        if (set is not null)
        {
            return new CallAnswer(_decoder, _tokenizer, prompt.Ids, prompt.Utterance, set, limits, _time);
        }

        return new TextAnswer(_decoder, _tokenizer, _textMask ??= TextAnswer.MaskOf(_tokenizer), prompt.Ids, limits, _time);
    }

    private AnswerLimits LimitsFor(int promptLength, ChatOptions? options)
    {
        var room = _decoder.MaxContext - promptLength;
        if (room < MinRoomForAnswer)
        {
            throw new QwenRequestException(QwenRequestError.PromptTooLong, $"the prompt has {promptLength} tokens, expected at most {_decoder.MaxContext - MinRoomForAnswer}");
        }

        var asked = options?.MaxOutputTokens ?? _options.MaxOutputTokens;
        var maxTokens = Math.Min(Math.Min(room, _options.MaxOutputTokens), Math.Max(1, asked));
        return new AnswerLimits(maxTokens, options?.AllowMultipleToolCalls == false ? 1 : _options.MaxCalls, _options.TimeLimit, _options.AppendForcedTokens);
    }

    private ToolSet ToolSetFor(List<AIFunctionDeclaration> tools, List<AIFunctionDeclaration>? trainedOn)
    {
        if (_toolSets.Find(s => s.IsFor(tools)) is { } known)
        {
            return known;
        }

        var started = _time.GetTimestamp();
        var set = new ToolSet(tools, _trie, _tokenizer);
        if (trainedOn is not null)
        {
            // A compact model never sees the schemas: it knows one catalogue, of which a request may require one function.
            var fingerprint = CatalogueFingerprint.Compute(trainedOn.Select(static t => (t.Name, t.JsonSchema)));
            if (fingerprint != _package.Manifest.CatalogueSha256)
            {
                throw new QwenRequestException(
                    QwenRequestError.CatalogueMismatch,
                    $"the {trainedOn.Count} tools of the request have catalogue fingerprint {fingerprint}, but '{ModelName}' was trained on {_package.Manifest.CatalogueSha256}");
            }
        }

        if (_toolSets.Count == KeptToolSets)
        {
            _toolSets.RemoveAt(0);
        }

        _toolSets.Add(set);
        Log.ToolsCompiled(_logger, tools.Count, set.StateCount, set.Fingerprint, _time.GetElapsedTime(started).TotalMilliseconds);
        return set;
    }

    private ChatResponse Respond(Answer answer, List<AIContent> contents)
    {
        foreach (var content in contents)
        {
            Trace(content);
        }

        LogEnd(answer);
        var id = NewResponseId();
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = id })
        {
            ResponseId = id,
            ModelId = ModelName,
            CreatedAt = _time.GetUtcNow(),
            FinishReason = answer.FinishReason,
            Usage = UsageOf(answer),
        };
    }

    private void Trace(AIContent content)
    {
        if (content is FunctionCallContent call && _logger.IsEnabled(LogLevel.Trace))
        {
            Log.Call(_logger, call.Name, System.Text.Json.JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions));
        }
    }

    private void LogEnd(Answer answer)
    {
        var elapsedMs = answer.Elapsed.TotalMilliseconds;
        Log.AnswerDone(_logger, answer.FinishReason.Value, answer.PromptTokens, answer.CachedTokens, answer.OutputTokens, answer.ForcedTokens, answer.ModelRuns, elapsedMs);
        if (answer.FinishReason == ChatFinishReason.Length)
        {
            Log.AnswerCut(_logger, answer.OutputTokens, elapsedMs, _options.MaxOutputTokens, _options.TimeLimit);
        }
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var inside = Interlocked.Increment(ref _inside);
        try
        {
            if (inside > _options.MaxWaitingRequests + 1)
            {
                Interlocked.Increment(ref _busyCount);
                Log.Busy(_logger, inside - 2, _options.MaxWaitingRequests);
                throw new QwenRequestException(QwenRequestError.Busy, $"{_options.MaxWaitingRequests} requests wait already");
            }

            await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (_isDisposed != 0)
            {
                _oneAtATime.Release();
                throw new ObjectDisposedException(nameof(QwenChatClient));
            }
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }
    }

    private void Leave()
    {
        _oneAtATime.Release();
        Interlocked.Decrement(ref _inside);
    }
}
