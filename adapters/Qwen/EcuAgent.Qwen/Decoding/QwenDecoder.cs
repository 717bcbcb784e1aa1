using System.Buffers;
using EcuAgent.Qwen.Package;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EcuAgent.Qwen.Decoding;

/// <summary>
/// One decoder with its key/value cache. One sequence at a time; only disposing may come from another thread. All tensors are allocated once; feeding a
/// single token allocates nothing on the managed heap.
/// </summary>
internal sealed class QwenDecoder : IDisposable
{
    private readonly SessionOptions _sessionOptions;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];
    private readonly OrtValue?[] _idValues;
    private readonly long[] _ids;
    private readonly int[] _lastPosition = new int[1];
    private readonly int[] _totalLength = new int[1];
    private readonly float[] _logits;
    private readonly MemoryHandle[] _pins;
    private readonly int[] _cached;
    private readonly Lock _running = new();
    private int _boundLength;
    private bool _disposed;

    /// <summary>Loads the graph, binds its tensors and proves by one run that it works here.</summary>
    /// <param name="package">The verified package.</param>
    /// <param name="maxContext">Positions of the cache, at most the package's maxContext.</param>
    /// <param name="threadCount">Threads of one run, 1 or more.</param>
    /// <param name="prefillChunk">Most tokens of one run.</param>
    /// <exception cref="QwenModelException">The graph does not load, has other shapes than the manifest says, or fails its first run.</exception>
    public QwenDecoder(ModelPackage package, int maxContext, int threadCount, int prefillChunk)
    {
        var config = package.Manifest.Config;
        MaxContext = maxContext;
        VocabularySize = config.VocabularySize;
        PrefillChunk = Math.Min(prefillChunk, maxContext);
        _ids = new long[PrefillChunk];
        _idValues = new OrtValue?[PrefillChunk + 1];
        _logits = new float[VocabularySize];
        _cached = new int[maxContext];
        _pins = [_ids.AsMemory().Pin(), _lastPosition.AsMemory().Pin(), _totalLength.AsMemory().Pin(), _logits.AsMemory().Pin()];

        _sessionOptions = NewSessionOptions(threadCount);
        try
        {
            _session = new InferenceSession(package.GraphPath, _sessionOptions);
        }
        catch (OnnxRuntimeException e)
        {
            ReleaseUnmanaged();
            throw new QwenModelException(QwenModelError.Damaged, package.GraphPath, $"ONNX Runtime cannot load the graph: {e.Message}", e);
        }

        try
        {
            CheckShapes(package);
            _binding = _session.CreateIoBinding();
            Bind(config);
            Probe(package.GraphPath);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Positions of the cache.</summary>
    public int MaxContext { get; }

    /// <summary>Logits of one position.</summary>
    public int VocabularySize { get; }

    /// <summary>Most tokens of one run.</summary>
    public int PrefillChunk { get; }

    /// <summary>Tokens now in the cache.</summary>
    public int Length { get; private set; }

    /// <summary>Runs of the graph since the start.</summary>
    public long RunCount { get; private set; }

    /// <summary>Logits after the last token fed; overwritten by the next run.</summary>
    public ReadOnlySpan<float> Logits => _logits;

    /// <summary>Keeps the longest common prefix of the cache and a new prompt, drops the rest; at least the last prompt token stays to be fed.</summary>
    /// <returns>Tokens kept.</returns>
    public int Rewind(ReadOnlySpan<int> prompt)
    {
        var common = prompt.CommonPrefixLength(_cached.AsSpan(0, Length));
        Length = Math.Min(common, Math.Max(0, prompt.Length - 1));
        return Length;
    }

    /// <summary>Empties the cache.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends at most one chunk of tokens in one run; <see cref="Logits"/> are then those after the last of them.</summary>
    /// <exception cref="ArgumentException">No token, more than one chunk, or more than the context holds.</exception>
    public void Append(ReadOnlySpan<int> tokens)
    {
        lock (_running)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            AppendWhileLocked(tokens);
        }
    }

    /// <summary>Waits for a run in progress, then frees everything.</summary>
    public void Dispose()
    {
        lock (_running)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _binding?.Dispose();
            foreach (var value in _values)
            {
                value.Dispose();
            }

            _session?.Dispose();
            ReleaseUnmanaged();
        }
    }

    private void AppendWhileLocked(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty || tokens.Length > PrefillChunk || Length + tokens.Length > MaxContext)
        {
            throw new ArgumentException($"{tokens.Length} tokens after {Length}: expected 1 to {PrefillChunk}, {MaxContext} in all", nameof(tokens));
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            _ids[i] = tokens[i];
        }

        BindIds(tokens.Length);
        var total = Length + tokens.Length;
        _lastPosition[0] = total - 1;
        _totalLength[0] = total;
        _session.RunWithBinding(_runOptions, _binding);
        tokens.CopyTo(_cached.AsSpan(Length));
        Length = total;
        RunCount++;
    }

    private static SessionOptions NewSessionOptions(int threadCount)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threadCount,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Threads may spin inside a run, where the next operator is microseconds away, but not between requests.
        options.AddSessionConfigEntry("session.force_spinning_stop", "1");
        return options;
    }

    private void CheckShapes(ModelPackage package)
    {
        var config = package.Manifest.Config;
        RequireInput(NativeGraph.InputIds, TensorElementType.Int64, []);
        RequireInput(NativeGraph.LastPosition, TensorElementType.Int32, []);
        RequireInput(NativeGraph.TotalLength, TensorElementType.Int32, []);
        for (var layer = 0; layer < config.LayerCount; layer++)
        {
            RequireInput(NativeGraph.PastKey(layer), TensorElementType.Float, [1, config.KeyValueHeadCount, -1, config.HeadDimension]);
            RequireInput(NativeGraph.PastValue(layer), TensorElementType.Float, [1, config.KeyValueHeadCount, -1, config.HeadDimension]);
        }

        if (!_session.OutputMetadata.TryGetValue(NativeGraph.Logits, out var logits))
        {
            throw Inconsistent($"output '{NativeGraph.Logits}' is missing");
        }

        if (logits.Dimensions.Length != 3 || logits.Dimensions[2] != config.VocabularySize)
        {
            throw Inconsistent($"output '{NativeGraph.Logits}' has shape [{string.Join(',', logits.Dimensions)}], expected [1,1,{config.VocabularySize}]");
        }

        void RequireInput(string name, TensorElementType type, int[] shape)
        {
            if (!_session.InputMetadata.TryGetValue(name, out var found))
            {
                throw Inconsistent($"input '{name}' is missing");
            }

            var fits = found.ElementDataType == type && (shape.Length == 0 || found.Dimensions.Length == shape.Length);
            for (var i = 0; fits && i < shape.Length; i++)
            {
                fits = shape[i] < 0 || found.Dimensions[i] == shape[i];
            }

            if (!fits)
            {
                throw Inconsistent($"input '{name}' is {found.ElementDataType} [{string.Join(',', found.Dimensions)}], expected {type} [{string.Join(',', shape)}]");
            }
        }

        QwenModelException Inconsistent(string message) => new(QwenModelError.Inconsistent, package.GraphPath, message);
    }

    private void Bind(ModelConfig config)
    {
        var memory = OrtMemoryInfo.DefaultInstance;
        for (var n = 1; n <= PrefillChunk; n++)
        {
            _idValues[n] = Keep(OrtValue.CreateTensorValueFromMemory(memory, _ids.AsMemory(0, n), [1, n]));
        }

        _binding.BindInput(NativeGraph.LastPosition, Keep(OrtValue.CreateTensorValueFromMemory(memory, _lastPosition.AsMemory(), [1])));
        _binding.BindInput(NativeGraph.TotalLength, Keep(OrtValue.CreateTensorValueFromMemory(memory, _totalLength.AsMemory(), [])));
        long[] shape = [1, config.KeyValueHeadCount, MaxContext, config.HeadDimension];
        for (var layer = 0; layer < config.LayerCount; layer++)
        {
            BindCache(NativeGraph.PastKey(layer), NativeGraph.PresentKey(layer), shape);
            BindCache(NativeGraph.PastValue(layer), NativeGraph.PresentValue(layer), shape);
        }

        _binding.BindOutput(NativeGraph.Logits, Keep(OrtValue.CreateTensorValueFromMemory(memory, _logits.AsMemory(), [1, 1, VocabularySize])));
    }

    private void BindCache(string past, string present, long[] shape)
    {
        // The same memory as input and output: attention appends in place and nothing is copied.
        var value = Keep(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape));
        value.GetTensorMutableDataAsSpan<float>().Clear();
        _binding.BindInput(past, value);
        _binding.BindOutput(present, value);
    }

    private void BindIds(int length)
    {
        if (length != _boundLength)
        {
            _binding.BindInput(NativeGraph.InputIds, _idValues[length]!);
            _boundLength = length;
        }
    }

    private void Probe(string graphPath)
    {
        try
        {
            // Two runs: one of several tokens and one appended, as every answer does.
            Append(PrefillChunk > 1 ? [0, 0] : [0]);
            Append([0]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new QwenModelException(QwenModelError.ProbeFailed, graphPath, $"the graph loads, but its first run fails: {e.Message}", e);
        }

        foreach (var logit in _logits)
        {
            if (!float.IsFinite(logit))
            {
                throw new QwenModelException(QwenModelError.ProbeFailed, graphPath, $"the first run gives a logit of {logit}");
            }
        }

        Clear();
    }

    private OrtValue Keep(OrtValue value)
    {
        _values.Add(value);
        return value;
    }

    private void ReleaseUnmanaged()
    {
        _runOptions.Dispose();
        _sessionOptions.Dispose();
        foreach (var pin in _pins)
        {
            pin.Dispose();
        }
    }
}
