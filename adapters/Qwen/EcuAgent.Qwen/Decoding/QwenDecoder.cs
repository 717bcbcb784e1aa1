using System.Numerics.Tensors;
using EcuAgent.Qwen.Package;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EcuAgent.Qwen.Decoding;

/// <summary>
/// One sequence on a graph: its tokens, its key/value cache and the logits of its last run. Used by one thread at a time; only
/// <see cref="Cancel"/> and <see cref="Dispose"/> may come from another. Memory is set aside once: a run allocates nothing on the
/// managed heap.
/// </summary>
internal sealed unsafe class QwenDecoder : IDisposable
{
    // A graph that computes logits for every position must not make a long prompt cost hundreds of megabytes.
    private const long MaxLogitsBytes = 64L << 20;
    private const int DraftRows = 8;

    private readonly QwenGraph _graph;
    private readonly GraphSignature _signature;
    private readonly bool _ownsGraph;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly KvCache _cache;
    private readonly LogitsRows _rowsMode;
    private readonly NativeBlock _ids;
    private readonly NativeBlock _positions;
    private readonly NativeBlock _scalars;
    private readonly NativeBlock _head;
    private readonly NativeBlock _raw;
    private readonly NativeBlock? _converted;
    private readonly int[] _tokens;
    private readonly Lock _running = new();

    // Short, and never held during a run: freed run options are a null pointer to ONNX Runtime, which would end the process.
    private readonly Lock _terminating = new();
    private int _boundCount = -1;
    private int _boundHead = -1;
    private (int Rows, int Width) _boundLogits = (-1, -1);
    private int _rows;
    private int _firstRow;
    private int _width;
    private volatile bool _isCancelled;
    private bool _areOptionsFreed;
    private bool _isDisposed;

    /// <summary>Loads a graph for one sequence only.</summary>
    /// <param name="package">The verified package.</param>
    /// <param name="maxContext">Positions of the cache, at most the package's maxContext.</param>
    /// <param name="threadCount">Threads of one run, 1 or more.</param>
    /// <param name="prefillChunk">Most tokens of one run.</param>
    /// <exception cref="QwenModelException">The graph does not load, has other shapes than the manifest says, or fails its first run.</exception>
    public QwenDecoder(ModelPackage package, int maxContext, int threadCount, int prefillChunk)
        : this(QwenGraph.Load(package, new GraphSettings { ThreadCount = threadCount }), maxContext, prefillChunk, ownsGraph: true)
    {
    }

    /// <summary>Adds a sequence to a loaded graph.</summary>
    public QwenDecoder(QwenGraph graph, int maxContext, int prefillChunk, bool ownsGraph = false)
        : this(graph, maxContext, prefillChunk, graph.SharesCache, graph.Rows)
    {
        _ownsGraph = ownsGraph;
    }

    /// <summary>Adds a sequence with a given layout of cache and logits.</summary>
    internal QwenDecoder(QwenGraph graph, int maxContext, int prefillChunk, bool sharesCache, LogitsRows rows)
    {
        _graph = graph;
        _signature = graph.Signature;
        _rowsMode = rows;
        MaxContext = maxContext;
        var vocabulary = graph.VocabularySize;
        var rowBytes = (long)vocabulary * _signature.Logits.ElementSize;
        PrefillChunk = Math.Min(prefillChunk, maxContext);
        if (rows == LogitsRows.All)
        {
            PrefillChunk = Math.Clamp((int)(MaxLogitsBytes / rowBytes), 1, PrefillChunk);
        }

        MaxRows = rows switch
        {
            LogitsRows.All => PrefillChunk,
            LogitsRows.Asked => Math.Min(DraftRows, PrefillChunk),
            _ => 1,
        };
        _tokens = new int[maxContext];
        _ids = new NativeBlock(PrefillChunk * sizeof(long));
        _positions = new NativeBlock(PrefillChunk * sizeof(long));
        _scalars = new NativeBlock(3 * sizeof(long));
        _head = new NativeBlock(vocabulary * sizeof(long));
        _raw = new NativeBlock(rowBytes * MaxRows);
        _converted = _signature.Logits.Type == TensorElementType.Float16 ? new NativeBlock((long)vocabulary * MaxRows * sizeof(float)) : null;
        _cache = new KvCache(_signature, maxContext, sharesCache);
        _binding = graph.Session.CreateIoBinding();
        Bind(_signature.LastPosition, 0, _signature.LastPosition?.Dimensions.Length == 0);
        Bind(_signature.TotalLength, 1, _signature.TotalLength?.Dimensions.Length == 0);
        Bind(_signature.NumLogitsToKeep, 2, _signature.NumLogitsToKeep?.Dimensions.Length == 0);
    }

    /// <summary>Positions of the cache.</summary>
    public int MaxContext { get; }

    /// <summary>Logits of one position.</summary>
    public int VocabularySize => _graph.VocabularySize;

    /// <summary>Most tokens of one run.</summary>
    public int PrefillChunk { get; }

    /// <summary>For how many of the last positions one run can give logits.</summary>
    public int MaxRows { get; }

    /// <summary>Whether a run can compute the logits of a few tokens only.</summary>
    public bool HasReducedHead => _signature.HeadTokens is not null;

    /// <summary>Tokens now in the cache.</summary>
    public int Length { get; private set; }

    /// <summary>Tokens at the beginning of the cache that other prompts will share, as its user has said.</summary>
    public int PrefixLength { get; set; }

    /// <summary>Bytes of the cache for one position.</summary>
    public long BytesPerPosition => _signature.CacheBytesPerPosition;

    /// <summary>Runs of the graph since the start.</summary>
    public long RunCount { get; private set; }

    /// <summary>Tokens in the cache.</summary>
    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Length);

    /// <summary>
    /// Logits after the last token fed, overwritten by the next run: of the whole vocabulary, or of the tokens that the run was
    /// asked for, in their order.
    /// </summary>
    public ReadOnlySpan<float> Logits => LogitsOf(_rows - 1);

    /// <summary>Logits of one of the positions asked for; 0 is the earliest.</summary>
    public ReadOnlySpan<float> LogitsOf(int row) => new((float*)(_converted ?? _raw).Pointer + ((long)(_firstRow + row) * _width), _width);

    /// <summary>How many tokens of a prompt the cache holds already; never all, since the last must be fed.</summary>
    public int CommonPrefix(ReadOnlySpan<int> prompt) => Math.Min(prompt.CommonPrefixLength(Tokens), Math.Max(0, prompt.Length - 1));

    /// <summary>Keeps the longest common prefix of the cache and a new prompt, drops the rest; at least the last prompt token stays to be fed.</summary>
    /// <returns>Tokens kept.</returns>
    public int Rewind(ReadOnlySpan<int> prompt)
    {
        Truncate(CommonPrefix(prompt));
        return Length;
    }

    /// <summary>Drops tokens from a position on.</summary>
    public void Truncate(int length)
    {
        lock (_running)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _cache.Truncate(Length, length);
            Length = length;
        }
    }

    /// <summary>Empties the cache.</summary>
    public void Clear() => Truncate(0);

    /// <summary>A copy of the first positions of the cache.</summary>
    public PrefixSnapshot Save(int length)
    {
        lock (_running)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return new PrefixSnapshot(_tokens.AsSpan(0, length).ToArray(), _cache.CopyOut(Length, length));
        }
    }

    /// <summary>Replaces the cache by the first positions of a copy.</summary>
    public void Restore(PrefixSnapshot snapshot, int length)
    {
        lock (_running)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _cache.CopyIn(snapshot.Data, snapshot.Tokens.Length, length);
            snapshot.Tokens.AsSpan(0, length).CopyTo(_tokens);
            Length = length;
        }
    }

    /// <summary>Appends at most one chunk of tokens in one run; <see cref="Logits"/> are then those after the last of them.</summary>
    /// <param name="tokens">Tokens that follow the cache.</param>
    /// <param name="head">Where <see cref="HasReducedHead"/>: the tokens whose logits are wanted; empty asks for all.</param>
    /// <param name="rows">For how many of the last positions logits are wanted, 1 to <see cref="MaxRows"/>.</param>
    /// <exception cref="ArgumentException">No token, more than one chunk, or more than the context holds.</exception>
    /// <exception cref="RunCancelledException">Another thread called <see cref="Cancel"/>; the cache is as before.</exception>
    public void Append(ReadOnlySpan<int> tokens, ReadOnlySpan<int> head = default, int rows = 1)
    {
        lock (_running)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Prepare(tokens, head, rows);
            BindLogits(tokens.Length);
            Run();
            if (!_cache.IsShared)
            {
                _cache.Commit();
            }

            tokens.CopyTo(_tokens.AsSpan(Length));
            Length += tokens.Length;
            RunCount++;
            Convert();
        }
    }

    /// <summary>Runs tokens into an empty cache and tells the shape of the logits, which the graph chooses; nothing is kept.</summary>
    public long[] ShapeOfLogits(ReadOnlySpan<int> tokens)
    {
        Prepare(tokens, default, 1);
        _binding.BindOutputToDevice(_signature.Logits.Name, OrtMemoryInfo.DefaultInstance);
        Run();
        using var values = _binding.GetOutputValues();
        var position = _binding.GetOutputNames().ToList().IndexOf(_signature.Logits.Name);
        return values.ElementAt(position).GetTensorTypeAndShape().Shape;
    }

    /// <summary>Keeps this sequence from being freed until the scope is disposed, so that its logits can be read.</summary>
    /// <exception cref="ObjectDisposedException">It is freed already.</exception>
    public Lock.Scope Use()
    {
        var scope = _running.EnterScope();
        if (_isDisposed)
        {
            scope.Dispose();
            throw new ObjectDisposedException(nameof(QwenDecoder));
        }

        return scope;
    }

    /// <summary>Ends the run in progress, and refuses all later ones until <see cref="AllowRuns"/>. From any thread.</summary>
    public void Cancel()
    {
        lock (_terminating)
        {
            _isCancelled = true;
            SetTerminate(true);
        }
    }

    /// <summary>Allows runs again after <see cref="Cancel"/>.</summary>
    public void AllowRuns()
    {
        lock (_terminating)
        {
            _isCancelled = false;
            SetTerminate(false);
        }
    }

    /// <summary>Waits for a run in progress, then frees everything.</summary>
    public void Dispose()
    {
        lock (_running)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _binding.Dispose();
            lock (_terminating)
            {
                _areOptionsFreed = true;
                _runOptions.Dispose();
            }

            _cache.Dispose();
            foreach (var block in (NativeBlock?[])[_ids, _positions, _scalars, _head, _raw, _converted])
            {
                block?.Dispose();
            }

            if (_ownsGraph)
            {
                _graph.Dispose();
            }
        }
    }

    private void SetTerminate(bool isWanted)
    {
        if (!_areOptionsFreed)
        {
            _runOptions.Terminate = isWanted;
        }
    }

    private void Bind(TensorName? scalar, int slot, bool hasNoDimension) =>
        scalar?.Bind(_binding, _scalars.Pointer + (slot * sizeof(long)), hasNoDimension ? [] : [1]);

    private void Prepare(ReadOnlySpan<int> tokens, ReadOnlySpan<int> head, int rows)
    {
        if (tokens.IsEmpty || tokens.Length > PrefillChunk || Length + tokens.Length > MaxContext)
        {
            throw new ArgumentException($"{tokens.Length} tokens after {Length}: expected 1 to {PrefillChunk}, {MaxContext} in all", nameof(tokens));
        }

        if (rows < 1 || rows > Math.Min(MaxRows, tokens.Length))
        {
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"expected 1 to {Math.Min(MaxRows, tokens.Length)}");
        }

        var total = Length + tokens.Length;
        Write(_signature.InputIds, _ids, tokens);
        if (_signature.PositionIds is { } positions)
        {
            WriteRange(positions, Length, tokens.Length);
        }

        if (tokens.Length != _boundCount)
        {
            ReadOnlySpan<long> shape = [1, tokens.Length];
            _signature.InputIds.Bind(_binding, _ids.Pointer, shape);
            _signature.PositionIds?.Bind(_binding, _positions.Pointer, shape);
            _boundCount = tokens.Length;
        }

        _signature.AttentionMask?.Bind(_binding, _graph.Ones, [1, total]);
        WriteScalar(_signature.LastPosition, 0, total - 1);
        WriteScalar(_signature.TotalLength, 1, total);
        WriteScalar(_signature.NumLogitsToKeep, 2, rows);
        BindHead(head);
        _cache.Bind(_binding, Length, tokens.Length);
        _rows = rows;
    }

    private void BindHead(ReadOnlySpan<int> head)
    {
        _width = _signature.HeadTokens is null || head.IsEmpty ? VocabularySize : head.Length;
        if (_signature.HeadTokens is not { } input)
        {
            return;
        }

        Write(input, _head, head);
        if (head.Length != _boundHead)
        {
            input.Bind(_binding, _head.Pointer, [head.Length]);
            _boundHead = head.Length;
        }
    }

    private void BindLogits(int count)
    {
        var computed = _rowsMode == LogitsRows.All ? count : _rows;
        _firstRow = computed - _rows;
        if (_boundLogits != (computed, _width))
        {
            _signature.Logits.Bind(_binding, _raw.Pointer, [1, computed, _width]);
            _boundLogits = (computed, _width);
        }
    }

    private void Run()
    {
        if (_isCancelled)
        {
            throw new RunCancelledException();
        }

        try
        {
            _graph.Session.RunWithBinding(_runOptions, _binding);
        }
        catch (OnnxRuntimeException) when (_isCancelled)
        {
            throw new RunCancelledException();
        }
    }

    private void Convert()
    {
        if (_converted is not null)
        {
            var from = _firstRow * _width;
            var count = _rows * _width;
            TensorPrimitives.ConvertToSingle(_raw.As<Half>(from + count)[from..], _converted.As<float>(from + count)[from..]);
        }
    }

    private void WriteRange(TensorName tensor, int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            WriteAt(tensor, _positions, i, from + i);
        }
    }

    private void WriteScalar(TensorName? tensor, int slot, int value)
    {
        if (tensor is not null)
        {
            // Little-endian: the first four bytes of a long are the int.
            _scalars.As<long>(3)[slot] = value;
        }
    }

    private static void Write(TensorName tensor, NativeBlock block, ReadOnlySpan<int> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            WriteAt(tensor, block, i, values[i]);
        }
    }

    private static void WriteAt(TensorName tensor, NativeBlock block, int index, int value)
    {
        if (tensor.ElementSize == sizeof(long))
        {
            ((long*)block.Pointer)[index] = value;
        }
        else
        {
            ((int*)block.Pointer)[index] = value;
        }
    }
}
