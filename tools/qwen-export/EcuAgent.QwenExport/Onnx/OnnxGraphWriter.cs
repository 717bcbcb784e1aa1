using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EcuAgent.QwenExport.Onnx;

/// <summary>
/// Writes one ONNX model. Weights stand inside the file, or, when <paramref name="dataPath"/> is given, are streamed to that file
/// (external data, for models near or above protobuf's limit of 2 GiB).
/// </summary>
internal sealed class OnnxGraphWriter(string? dataPath) : IDisposable
{
    private const int IrVersion = 10;
    private const int OpsetVersion = 21;
    private const string ContribDomain = "com.microsoft";

    // ONNX Runtime maps external data into memory by pages.
    private const int DataAlignment = 4096;

    private readonly OnnxMessage _graph = new();
    private readonly FileStream? _data = dataPath is null ? null : new FileStream(dataPath, FileMode.Create, FileAccess.Write);
    private readonly Dictionary<string, (long Offset, long Length)> _external = new(StringComparer.Ordinal);
    private int _nodeCount;

    /// <summary>Whether two initializers can share one block of data.</summary>
    public bool CanAlias => _data is not null;

    public void Input(string name, OnnxType type, params object[] shape) => _graph.Child(11, ValueInfo(name, type, shape));

    public void Output(string name, OnnxType type, params object[] shape) => _graph.Child(12, ValueInfo(name, type, shape));

    /// <summary>Adds an operator with one output and returns the output's name.</summary>
    public string Node(string op, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = string.Create(CultureInfo.InvariantCulture, $"{op}_{_nodeCount}");
        Node(op, inputs, [output], attributes);
        return output;
    }

    public void Node(string op, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        using var node = new OnnxMessage();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        foreach (var output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, string.Create(CultureInfo.InvariantCulture, $"n{_nodeCount++}_{op}")).Text(4, op);
        foreach (var (name, value) in attributes)
        {
            node.Child(5, Attribute(name, value));
        }

        if (op is "MatMulNBits" or "GatherBlockQuantized" or "GroupQueryAttention" or "SkipSimplifiedLayerNormalization" or "FusedMatMul")
        {
            node.Text(7, ContribDomain);
        }

        _graph.Bytes(1, node.ToArray());
    }

    public void Floats(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        var bytes = MemoryMarshal.AsBytes(values).ToArray();
        Tensor(name, OnnxType.Float, shape, bytes.Length, stream => stream.Write(bytes));
    }

    public void Int64s(string name, params long[] values)
    {
        var bytes = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), values[i]);
        }

        // Shapes must be known when the graph is loaded, so they are never external.
        _graph.Child(5, TensorHead(name, OnnxType.Int64, [values.Length]).Bytes(9, bytes));
    }

    /// <summary>Adds an initializer whose little-endian bytes <paramref name="write"/> produces.</summary>
    public void Tensor(string name, OnnxType type, long[] shape, long byteCount, Action<Stream> write)
    {
        if (_data is null)
        {
            var head = TensorHead(name, type, shape);
            head.BeginBytes(9, byteCount);
            var headBytes = head.ToArray();
            head.Dispose();
            _graph.BeginBytes(5, headBytes.Length + byteCount);
            _graph.Stream.Write(headBytes);
            var start = _graph.Stream.Position;
            write(_graph.Stream);
            RequireLength(name, byteCount, _graph.Stream.Position - start);
            return;
        }

        _data.Position = (_data.Position + DataAlignment - 1) / DataAlignment * DataAlignment;
        var offset = _data.Position;
        write(_data);
        RequireLength(name, byteCount, _data.Position - offset);
        _external.Add(name, (offset, byteCount));
        AddExternal(name, type, shape, offset, byteCount);
    }

    /// <summary>Adds an initializer of another shape over the data of an earlier one; only where <see cref="CanAlias"/>.</summary>
    public void Alias(string name, OnnxType type, long[] shape, string original)
    {
        var (offset, length) = _external[original];
        AddExternal(name, type, shape, offset, length);
    }

    /// <summary>Writes the model file.</summary>
    public void Save(string path)
    {
        using var head = new OnnxMessage();
        _graph.Text(2, "qwen3");
        head.Int(1, IrVersion)
            .Text(2, "ecuagent-qwen-export")
            .Child(8, new OnnxMessage().Text(1, "").Int(2, OpsetVersion))
            .Child(8, new OnnxMessage().Text(1, ContribDomain).Int(2, 1));
        head.BeginBytes(7, _graph.Stream.Length);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        head.Stream.WriteTo(file);
        _graph.Stream.WriteTo(file);
        _data?.Flush();
    }

    public void Dispose()
    {
        _graph.Dispose();
        _data?.Dispose();
    }

    private static void RequireLength(string name, long expected, long found)
    {
        if (expected != found)
        {
            throw new InvalidOperationException($"initializer '{name}': {found} bytes written, expected {expected}");
        }
    }

    private static OnnxMessage TensorHead(string name, OnnxType type, long[] shape)
    {
        var tensor = new OnnxMessage();
        foreach (var dimension in shape)
        {
            tensor.Int(1, dimension);
        }

        return tensor.Int(2, (int)type).Text(8, name);
    }

    private static OnnxMessage ValueInfo(string name, OnnxType type, object[] shape)
    {
        var dimensions = new OnnxMessage();
        foreach (var dimension in shape)
        {
            dimensions.Child(1, dimension is string symbol
                ? new OnnxMessage().Text(2, symbol)
                : new OnnxMessage().Int(1, Convert.ToInt64(dimension, CultureInfo.InvariantCulture)));
        }

        var tensor = new OnnxMessage().Int(1, (int)type).Child(2, dimensions);
        return new OnnxMessage().Text(1, name).Child(2, new OnnxMessage().Child(1, tensor));
    }

    private static OnnxMessage Attribute(string name, object value)
    {
        const int FloatAttribute = 1;
        const int IntAttribute = 2;
        var attribute = new OnnxMessage().Text(1, name);
        return value is float f
            ? attribute.Float(2, f).Int(20, FloatAttribute)
            : attribute.Int(3, Convert.ToInt64(value, CultureInfo.InvariantCulture)).Int(20, IntAttribute);
    }

    private void AddExternal(string name, OnnxType type, long[] shape, long offset, long length)
    {
        const int ExternalLocation = 1;
        var tensor = TensorHead(name, type, shape);
        foreach (var (key, value) in new[]
        {
            ("location", Path.GetFileName(dataPath)!),
            ("offset", offset.ToString(CultureInfo.InvariantCulture)),
            ("length", length.ToString(CultureInfo.InvariantCulture)),
        })
        {
            tensor.Child(13, new OnnxMessage().Text(1, key).Text(2, value));
        }

        _graph.Child(5, tensor.Int(14, ExternalLocation));
    }
}
