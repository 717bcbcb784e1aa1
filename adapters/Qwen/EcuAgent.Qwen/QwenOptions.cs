namespace EcuAgent.Qwen;

/// <summary>Settings of a <see cref="QwenChatClient"/>; copied when the client is made.</summary>
public sealed record QwenOptions
{
    public const int MaxThreadCount = 64;
    public const int MinPrefillChunk = 1;
    public const int MaxPrefillChunk = 2048;
    public const int MaxCallsLimit = 16;
    public static readonly TimeSpan MaxTimeLimit = TimeSpan.FromMinutes(10);

    /// <summary>Folder of the model package (model.onnx, tokenizer.json, manifest.json).</summary>
    public required string ModelDirectory { get; init; }

    /// <summary>Threads of one model run, 0 to <see cref="MaxThreadCount"/>; 0 takes 1 for a model of width below 512, else the number of processors, at most 4.</summary>
    public int ThreadCount { get; init; }

    /// <summary>
    /// Positions that prompt and answer share, 0 or 32 to the package's maxContext; 0 takes the package's. Memory of the key/value
    /// cache grows with it: layers x 2 x kv heads x head dim x 4 bytes a position.
    /// </summary>
    public int MaxContext { get; init; }

    /// <summary>
    /// Bytes that key/value caches and kept prefixes may take in all, 1 MiB or more; a model whose caches need more is refused at load with the
    /// number of positions that would fit. Default 4 GiB.
    /// </summary>
    public long MaxCacheBytes { get; init; } = 4L << 30;

    /// <summary>Most tokens of one answer, 1 or more; a request may ask for fewer. Default 256 tokens.</summary>
    public int MaxOutputTokens { get; init; } = 256;

    /// <summary>Most tool calls of one answer, 1 to <see cref="MaxCallsLimit"/>. Default 4 (the catalogue's maxCallsPerUtterance).</summary>
    public int MaxCalls { get; init; } = 4;

    /// <summary>Time for one answer from its first model run, above zero to 10 minutes; past it the answer ends as too long. Default 10 s.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests that may wait while one runs, 0 to 1024; the newest above that is refused as busy. Default 8.</summary>
    public int MaxWaitingRequests { get; init; } = 8;

    /// <summary>Prompt tokens of one model run, 1 to 2048; cancellation is seen between runs. Default 256.</summary>
    public int PrefillChunk { get; init; } = 256;

    /// <summary>Whether text that the grammar fixes is appended without asking the model. Off only for measurements.</summary>
    public bool AppendForcedTokens { get; init; } = true;

    /// <summary>Whether hashes of the package's files are compared with the manifest. Default true.</summary>
    public bool VerifyHashes { get; init; } = true;

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

        return OutOfRange(nameof(ThreadCount), ThreadCount, 0, MaxThreadCount)
            ?? OutOfRange(nameof(MaxOutputTokens), MaxOutputTokens, 1, 1 << 20)
            ?? OutOfRange(nameof(MaxCalls), MaxCalls, 1, MaxCallsLimit)
            ?? OutOfRange(nameof(MaxWaitingRequests), MaxWaitingRequests, 0, 1024)
            ?? OutOfRange(nameof(PrefillChunk), PrefillChunk, MinPrefillChunk, MaxPrefillChunk);
    }

    private static string? OutOfRange(string name, int value, int min, int max) =>
        value >= min && value <= max ? null : $"{name} = {value}, expected {min} to {max}";
}
