using EcuAgent.Qwen.Package;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EcuAgent.QwenExport;

/// <summary>Runs a graph of ours, keeping its key/value cache between runs; for checking and calibrating, not for speed.</summary>
internal sealed class GraphRunner : IDisposable
{
    private readonly SessionOptions _options = new()
    {
        InterOpNumThreads = 1,
        IntraOpNumThreads = Math.Max(1, Environment.ProcessorCount),
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    private readonly RunOptions _runOptions = new();
    private readonly InferenceSession _session;
    private readonly DecoderShape _shape;
    private readonly TensorElementType _cacheType;
    private readonly string[] _outputs;
    private OrtValue[] _cache;

    public GraphRunner(string graphPath, DecoderShape shape)
    {
        _shape = shape;
        _session = new InferenceSession(graphPath, _options);
        _cacheType = _session.InputMetadata[NativeGraph.PastKey(0)].ElementDataType;
        _cache = EmptyCache();
        _outputs = [NativeGraph.Logits, .. CacheNames(NativeGraph.PresentKey, NativeGraph.PresentValue)];
    }

    /// <summary>Positions in the cache.</summary>
    public int Length { get; private set; }

    public bool HasReducedHead => _session.InputMetadata.ContainsKey(GraphNames.HeadTokens);

    /// <summary>Appends tokens; gives the logits of the last <paramref name="keep"/> positions (0: all) for the columns asked for (none: all).</summary>
    public float[] Append(ReadOnlySpan<int> tokens, long[]? headTokens = null, long keep = 1)
    {
        var total = Length + tokens.Length;
        var ids = new long[tokens.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = tokens[i];
        }

        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
        using var lastValue = OrtValue.CreateTensorValueFromMemory(new[] { total - 1 }, [1]);
        using var totalValue = OrtValue.CreateTensorValueFromMemory(new[] { total }, []);
        using var headValue = OrtValue.CreateTensorValueFromMemory(headTokens ?? [], [headTokens?.Length ?? 0]);
        using var keepValue = OrtValue.CreateTensorValueFromMemory(new[] { keep }, []);
        List<string> names = [NativeGraph.InputIds, NativeGraph.LastPosition, NativeGraph.TotalLength, .. CacheNames(NativeGraph.PastKey, NativeGraph.PastValue)];
        List<OrtValue> values = [idsValue, lastValue, totalValue, .. _cache];
        if (HasReducedHead)
        {
            names.Add(GraphNames.HeadTokens);
            values.Add(headValue);
        }

        if (_session.InputMetadata.ContainsKey(GraphNames.LogitsToKeep))
        {
            names.Add(GraphNames.LogitsToKeep);
            values.Add(keepValue);
        }

        var results = _session.Run(_runOptions, names, values, _outputs);
        FreeCache();
        _cache = [.. results.Skip(1)];
        Length = total;
        using var logits = results[0];
        return logits.GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Empties the cache.</summary>
    public void Clear()
    {
        FreeCache();
        _cache = EmptyCache();
        Length = 0;
    }

    /// <summary>Keys (or values) of a layer so far, as [heads, positions, head size]; float cache only.</summary>
    public ReadOnlySpan<float> Cached(int layer, bool values) => _cache[(2 * layer) + (values ? 1 : 0)].GetTensorDataAsSpan<float>();

    public void Dispose()
    {
        FreeCache();
        _session.Dispose();
        _runOptions.Dispose();
        _options.Dispose();
    }

    private IEnumerable<string> CacheNames(Func<int, string> key, Func<int, string> value) =>
        Enumerable.Range(0, _shape.Layers).SelectMany(layer => new[] { key(layer), value(layer) });

    private OrtValue[] EmptyCache() =>
        [.. Enumerable.Range(0, 2 * _shape.Layers).Select(_ => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, _cacheType, [1, _shape.KeyValueHeads, 0, _shape.GraphHeadDimension]))];

    private void FreeCache()
    {
        foreach (var value in _cache)
        {
            value.Dispose();
        }

        _cache = [];
    }
}
