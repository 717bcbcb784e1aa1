using System.Text.RegularExpressions;

namespace EcuAgent.Qwen;

/// <summary>Settings of a <see cref="QwenChatClient"/>; copied when the client is made.</summary>
public sealed partial record QwenOptions
{
    public const int MaxThreadCount = 64;
    public const int MinPrefillChunk = 1;
    public const int MaxPrefillChunk = 2048;
    public const int MaxCallsLimit = 16;
    public static readonly TimeSpan MaxTimeLimit = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Folder of the model: our package (manifest.json, model.onnx, tokenizer.json), a Hugging Face folder (config.json, tokenizer.json,
    /// onnx/model*.onnx) or a folder of ONNX Runtime GenAI (genai_config.json, tokenizer.json).
    /// </summary>
    public required string ModelDirectory { get; init; }

    /// <summary>
    /// Which graph of a Hugging Face folder to load, for instance "model_q4f16.onnx"; looked for in the folder and in onnx/. Null takes the
    /// first that exists of model_q4, model_quantized, model_int8, model_q4f16, model_uint8, model_bnb4, model, model_fp16.
    /// </summary>
    public string? GraphFile { get; init; }

    /// <summary>Threads of one model run, 0 to <see cref="MaxThreadCount"/>; 0 takes 1 for a model of width below 512, else the number of processors, at most 4.</summary>
    public int ThreadCount { get; init; }

    /// <summary>
    /// Processors of a run's threads after the first one (which is the caller's), in ONNX Runtime's form: one entry for each, joined by
    /// semicolons, each a list or range of processors counted from 1 ("2;3,4;5-6" with <see cref="ThreadCount"/> 4). Null leaves the choice to
    /// the system. Needs a <see cref="ThreadCount"/> of one more than the entries.
    /// </summary>
    public string? ThreadAffinity { get; init; }

    /// <summary>Whether threads wait for the next operator of a run by spinning, which is faster and takes their processors. Default true; between runs they never spin.</summary>
    public bool AllowSpinning { get; init; } = true;

    /// <summary>Answers that may run at the same time, 1 to 16, all on one copy of the weights; each has a key/value cache of its own. Default 1.</summary>
    public int Sessions { get; init; } = 1;

    /// <summary>Where the model runs. Default Auto: CUDA where the build has it and it takes the model, else the CPU.</summary>
    public QwenExecutionProvider ExecutionProvider { get; init; } = QwenExecutionProvider.Auto;

    /// <summary>Number of the GPU, 0 to 63.</summary>
    public int DeviceId { get; init; }

    /// <summary>Whether the CPU takes over where <see cref="ExecutionProvider"/> names a GPU that cannot be used; else loading fails. Default false.</summary>
    public bool FallBackToCpu { get; init; }

    /// <summary>
    /// Positions that prompt and answer share, 0 or 32 to the model's limit; 0 takes the package's maxContext, or for folders of other
    /// exporters the model's limit but at most 5120. Memory of a key/value cache grows with it: layers x 2 x kv heads x head dim x
    /// bytes of an element, a position; twice that where the graph cannot append in place.
    /// </summary>
    public int MaxContext { get; init; }

    /// <summary>
    /// Bytes that key/value caches and kept prefixes may take in all, 1 MiB or more; a model whose caches need more is refused at load with
    /// the number of positions that would fit. Default 4 GiB.
    /// </summary>
    public long MaxCacheBytes { get; init; } = 4L << 30;

    /// <summary>
    /// Beginnings of prompts (system text and tools) whose cache is kept aside when another prompt takes its place, 0 to 64; the least
    /// recently used one goes first. Default 4.
    /// </summary>
    public int MaxPrefixes { get; init; } = 4;

    /// <summary>Bytes for all of them, 0 or more, within <see cref="MaxCacheBytes"/>; a beginning larger than that is not kept. Default 512 MiB.</summary>
    public long MaxPrefixBytes { get; init; } = 512L << 20;

    /// <summary>Most tokens of one answer, 1 or more; a request may ask for fewer. Default 256 tokens.</summary>
    public int MaxOutputTokens { get; init; } = 256;

    /// <summary>Most tool calls of one answer, 1 to <see cref="MaxCallsLimit"/>. Default 4 (the catalogue's maxCallsPerUtterance).</summary>
    public int MaxCalls { get; init; } = 4;

    /// <summary>
    /// Time for one answer from the request's arrival, waiting included, above zero to 10 minutes; past it the answer ends as too long, with
    /// <see cref="QwenEndReason.Deadline"/>. A request may set its own under <see cref="QwenChatClient.TimeLimitKey"/>. Default 10 s.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests that may wait while all sessions are busy, 0 to 1024; the newest above that is refused as busy. Default 8.</summary>
    public int MaxWaitingRequests { get; init; } = 8;

    /// <summary>Prompt tokens of one model run, 1 to 2048; cancellation is seen between runs. Default 256.</summary>
    public int PrefillChunk { get; init; } = 256;

    /// <summary>Whether text that the grammar fixes is appended without asking the model. Off only for measurements.</summary>
    public bool AppendForcedTokens { get; init; } = true;

    /// <summary>
    /// Whether a request's Temperature, TopP, TopK and Seed are obeyed. Default false: greedy, the same answer each time. The grammar holds
    /// either way.
    /// </summary>
    public bool AllowSampling { get; init; }

    /// <summary>Whether hashes of the package's files are compared with the manifest. Default true.</summary>
    public bool VerifyHashes { get; init; } = true;

    /// <summary>Whether the cache of an earlier prompt is used. Off only for measurements.</summary>
    internal bool ReusePrefixes { get; init; } = true;

    /// <summary>Whether only the logits of allowed tokens are computed, where the graph has the input head_tokens. Off only for measurements.</summary>
    internal bool ReduceHead { get; init; } = true;

    /// <summary>Whether the rest of a copied text is guessed and decided in one run, where the graph gives logits for several positions. Off only for measurements.</summary>
    internal bool DraftCopies { get; init; } = true;

    /// <summary>The first rule that is broken, naming option, value and range, or null.</summary>
    public string? FirstFault()
    {
        if (string.IsNullOrWhiteSpace(ModelDirectory))
        {
            return $"{nameof(ModelDirectory)} is empty, expected the folder of a model package";
        }

        if (MaxContext != 0 && MaxContext < 32)
        {
            return $"{nameof(MaxContext)} = {MaxContext}, expected 0 or at least 32 positions";
        }

        if (TimeLimit <= TimeSpan.Zero || TimeLimit > MaxTimeLimit)
        {
            return $"{nameof(TimeLimit)} = {TimeLimit}, expected above 0 to {MaxTimeLimit}";
        }

        if (MaxCacheBytes < 1 << 20)
        {
            return $"{nameof(MaxCacheBytes)} = {MaxCacheBytes}, expected at least {1 << 20} bytes";
        }

        if (MaxPrefixBytes < 0)
        {
            return $"{nameof(MaxPrefixBytes)} = {MaxPrefixBytes}, expected 0 or more bytes";
        }

        if (!Enum.IsDefined(ExecutionProvider))
        {
            return $"{nameof(ExecutionProvider)} = {ExecutionProvider}, expected {string.Join(", ", Enum.GetNames<QwenExecutionProvider>())}";
        }

        if (GraphFile is not null && string.IsNullOrWhiteSpace(GraphFile))
        {
            return $"{nameof(GraphFile)} = '{GraphFile}', expected a file name, or nothing";
        }

        if (ThreadAffinity is not null && !ThreadAffinity.Split(';').All(AffinityEntry().IsMatch))
        {
            return $"{nameof(ThreadAffinity)} = '{ThreadAffinity}', expected processors counted from 1, such as \"2;3,4;5-6\"";
        }

        // ONNX Runtime refuses another number of entries with a message about the model.
        if (ThreadAffinity?.Split(';').Length is { } pinned && pinned != ThreadCount - 1)
        {
            return $"{nameof(ThreadAffinity)} = '{ThreadAffinity}' places {pinned} threads, expected {nameof(ThreadCount)} = {pinned + 1} (found {ThreadCount}): the first thread is the caller's";
        }

        return OutOfRange(nameof(Sessions), Sessions, 1, 16)
            ?? OutOfRange(nameof(DeviceId), DeviceId, 0, 63)
            ?? OutOfRange(nameof(MaxPrefixes), MaxPrefixes, 0, 64)
            ?? OutOfRange(nameof(ThreadCount), ThreadCount, 0, MaxThreadCount)
            ?? OutOfRange(nameof(MaxOutputTokens), MaxOutputTokens, 1, 1 << 20)
            ?? OutOfRange(nameof(MaxCalls), MaxCalls, 1, MaxCallsLimit)
            ?? OutOfRange(nameof(MaxWaitingRequests), MaxWaitingRequests, 0, 1024)
            ?? OutOfRange(nameof(PrefillChunk), PrefillChunk, MinPrefillChunk, MaxPrefillChunk);
    }

    // A range or a list.
    [GeneratedRegex(@"^([1-9][0-9]{0,3}-[1-9][0-9]{0,3}|[1-9][0-9]{0,3}(,[1-9][0-9]{0,3})*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex AffinityEntry();

    private static string? OutOfRange(string name, int value, int min, int max) =>
        value >= min && value <= max ? null : $"{name} = {value}, expected {min} to {max}";
}
