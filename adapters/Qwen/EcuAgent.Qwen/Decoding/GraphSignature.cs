using EcuAgent.Qwen.Package;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EcuAgent.Qwen.Decoding;

/// <summary>The inputs and outputs that a loaded graph has, found by name and checked by type and shape.</summary>
internal sealed class GraphSignature : IDisposable
{
    private static readonly TensorElementType[] Integers = [TensorElementType.Int64, TensorElementType.Int32];
    private static readonly TensorElementType[] Floats = [TensorElementType.Float, TensorElementType.Float16];
    private static readonly TensorElementType[] CacheTypes = [TensorElementType.Float, TensorElementType.Float16, TensorElementType.Int8, TensorElementType.UInt8];
    private readonly List<TensorName> _all = [];
    private readonly InferenceSession _session;
    private readonly string _path;

    /// <exception cref="QwenModelException">Something is missing, unknown, or of another type or shape; the message names file, tensor, expected and found.</exception>
    public GraphSignature(InferenceSession session, ModelPackage package)
    {
        (_session, _path) = (session, package.GraphPath);
        try
        {
            var config = package.Manifest.Config;
            var names = package.Names;
            InputIds = Require(names.InputIds, isOutput: false, Integers, -1, -1);
            AttentionMask = Find(names.AttentionMask, Integers, -1, -1);
            PositionIds = Find(names.PositionIds, Integers, -1, -1);
            LastPosition = Find(NativeGraph.LastPosition, [TensorElementType.Int32]);
            TotalLength = Find(NativeGraph.TotalLength, [TensorElementType.Int32]);
            NumLogitsToKeep = Find(names.NumLogitsToKeep, Integers);
            HeadTokens = Find(NativeGraph.HeadTokens, Integers, -1);
            Logits = Require(names.Logits, isOutput: true, Floats, -1, -1, HeadTokens is null ? config.VocabularySize : -1);
            Past = new TensorName[2 * config.LayerCount];
            Present = new TensorName[2 * config.LayerCount];
            for (var layer = 0; layer < config.LayerCount; layer++)
            {
                Past[2 * layer] = RequireCache(names.PastKey(layer), isOutput: false, config);
                Past[(2 * layer) + 1] = RequireCache(names.PastValue(layer), isOutput: false, config);
                Present[2 * layer] = RequireCache(names.PresentKey(layer), isOutput: true, config);
                Present[(2 * layer) + 1] = RequireCache(names.PresentValue(layer), isOutput: true, config);
            }

            RefuseUnknownInputs();
            RequireOneCacheType();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TensorName InputIds { get; }

    public TensorName? AttentionMask { get; }

    public TensorName? PositionIds { get; }

    /// <summary>Positions after the run minus one (our graphs).</summary>
    public TensorName? LastPosition { get; }

    /// <summary>Positions after the run (our graphs).</summary>
    public TensorName? TotalLength { get; }

    /// <summary>How many of the last positions get logits.</summary>
    public TensorName? NumLogitsToKeep { get; }

    /// <summary>The tokens whose logits are wanted (our graphs).</summary>
    public TensorName? HeadTokens { get; }

    public TensorName Logits { get; }

    /// <summary>Keys and values in turn, layer by layer.</summary>
    public TensorName[] Past { get; }

    /// <summary>Outputs in the order of <see cref="Past"/>.</summary>
    public TensorName[] Present { get; }

    public int CacheHeads => Past[0].Dimensions[1];

    public int CacheWidth => Past[0].Dimensions[3];

    /// <summary>Bytes of the key/value cache for one position.</summary>
    public long CacheBytesPerPosition => (long)Past.Length * CacheHeads * CacheWidth * Past[0].ElementSize;

    public void Dispose()
    {
        foreach (var name in _all)
        {
            name.Dispose();
        }
    }

    private TensorName RequireCache(string name, bool isOutput, ModelConfig config) =>
        Require(name, isOutput, CacheTypes, -1, config.KeyValueHeadCount, -1, config.HeadDimension);

    private TensorName? Find(string name, TensorElementType[] types, params int[] shape) =>
        _session.InputMetadata.ContainsKey(name) ? Require(name, isOutput: false, types, shape) : null;

    // -1 in the expected shape takes anything; so does a dimension that the graph leaves open, except in the cache.
    private TensorName Require(string name, bool isOutput, TensorElementType[] types, params int[] shape)
    {
        var kind = isOutput ? "output" : "input";
        if (!(isOutput ? _session.OutputMetadata : _session.InputMetadata).TryGetValue(name, out var found))
        {
            throw Inconsistent($"{kind} '{name}' is missing; the graph has {string.Join(", ", (isOutput ? _session.OutputMetadata : _session.InputMetadata).Keys.Take(8))}, ..");
        }

        var isFitting = found.IsTensor && types.Contains(found.ElementDataType) && (shape.Length == 0 ? found.Dimensions.Length <= 1 : found.Dimensions.Length == shape.Length);
        var dimensions = isFitting ? (int[])found.Dimensions.Clone() : [];
        for (var i = 0; isFitting && i < shape.Length; i++)
        {
            isFitting = shape[i] < 0 || dimensions[i] == shape[i] || dimensions[i] < 0;
            dimensions[i] = dimensions[i] < 0 ? shape[i] : dimensions[i];
        }

        if (!isFitting)
        {
            var type = found.IsTensor ? found.ElementDataType.ToString() : found.OnnxValueType.ToString();
            throw Inconsistent($"{kind} '{name}' is {type} [{string.Join(',', found.IsTensor ? found.Dimensions : [])}], expected {string.Join(" or ", types)} [{string.Join(',', shape)}]");
        }

        var tensor = new TensorName(name, found.ElementDataType, dimensions, isOutput);
        _all.Add(tensor);
        return tensor;
    }

    private void RefuseUnknownInputs()
    {
        foreach (var (name, found) in _session.InputMetadata)
        {
            if (!_all.Exists(t => !t.IsOutput && t.Name == name))
            {
                throw new QwenModelException(
                    QwenModelError.Unsupported,
                    _path,
                    $"input '{name}' {(found.IsTensor ? found.ElementDataType : found.OnnxValueType)} is unknown to this runtime, or belongs to a layer beyond those of the configuration ({Past.Length / 2})");
            }
        }

        if (AttentionMask is null && TotalLength is null)
        {
            throw Inconsistent("neither an attention mask nor seqlens_k and total_sequence_length tell the graph how much of the cache is filled");
        }
    }

    private void RequireOneCacheType()
    {
        foreach (var tensor in Past.Concat(Present))
        {
            if (tensor.Type != Past[0].Type)
            {
                throw Inconsistent($"{tensor}: expected {Past[0].Type} as in '{Past[0].Name}'");
            }
        }
    }

    private QwenModelException Inconsistent(string message) => new(QwenModelError.Inconsistent, _path, message);
}
