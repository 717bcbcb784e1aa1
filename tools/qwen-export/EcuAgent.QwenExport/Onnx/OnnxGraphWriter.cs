using System.Buffers.Binary;
using System.Globalization;

namespace EcuAgent.QwenExport.Onnx;

/// <summary>
/// Writes one ONNX model over the tensors of a <see cref="TensorStore"/>. Large data are copied from the store into the file, or
/// named as external data (needed above protobuf's limit of 2 GiB); they are never held in memory.
/// </summary>
internal sealed class OnnxGraphWriter(TensorStore store) : IDisposable
{
    private const int IrVersion = 10;
    private const int OpsetVersion = 21;
    private readonly OnnxMessage _declarations = new();
    private readonly OnnxMessage _smallTensors = new();

    /// <summary>Operators of the graph, in the order in which they run.</summary>
    public OnnxNodes Nodes { get; } = new("");

    public void Input(string name, OnnxType type, params object[] shape) => _declarations.Child(11, OnnxShape.ValueInfo(name, type, shape));

    public void Output(string name, OnnxType type, params object[] shape) => _declarations.Child(12, OnnxShape.ValueInfo(name, type, shape));

    /// <summary>A small constant inside the model file. Shapes must be known when the graph is loaded, so they are never external.</summary>
    public void Int64s(string name, params long[] values)
    {
        var bytes = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), values[i]);
        }

        _smallTensors.Child(5, TensorHead(name, OnnxType.Int64, [values.Length]).Bytes(9, bytes));
    }

    /// <summary>As <see cref="Int64s"/>, floats.</summary>
    public void Floats(string name, long[] shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        _smallTensors.Child(5, TensorHead(name, OnnxType.Float, shape).Bytes(9, bytes));
    }

    /// <summary>Writes the model file.</summary>
    public void Save(string path, string graphName)
    {
        var heads = store.Tensors.Select(t => (Head: Head(t.Key, t.Value), Tensor: t.Value)).ToArray();
        using var graph = Nodes.CopyTo(new OnnxMessage()).Text(2, graphName);
        _smallTensors.Stream.WriteTo(graph.Stream);
        _declarations.Stream.WriteTo(graph.Stream);
        var dataLength = heads.Sum(h => OnnxMessage.FieldLength(5, h.Head.Length + Inside(h.Tensor)));

        using var model = new OnnxMessage()
            .Int(1, IrVersion)
            .Text(2, "ecuagent-qwen-export")
            .Child(8, new OnnxMessage().Text(1, "").Int(2, OpsetVersion))
            .Child(8, new OnnxMessage().Text(1, "com.microsoft").Int(2, 1))
            .BeginBytes(7, graph.Stream.Length + dataLength);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        model.Stream.WriteTo(file);
        graph.Stream.WriteTo(file);
        foreach (var (head, tensor) in heads)
        {
            using var field = new OnnxMessage().BeginBytes(5, head.Length + Inside(tensor));
            field.Stream.WriteTo(file);
            file.Write(head);
            if (!store.IsExternal)
            {
                store.CopyTo(tensor, file);
            }
        }

        file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        Nodes.Dispose();
        _declarations.Dispose();
        _smallTensors.Dispose();
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

    private long Inside(StoredTensor tensor) => store.IsExternal ? 0 : tensor.ByteCount;

    // Everything of a tensor but its data.
    private byte[] Head(string name, StoredTensor stored)
    {
        const int ExternalLocation = 1;
        using var tensor = TensorHead(name, stored.Type, stored.Shape);
        if (!store.IsExternal)
        {
            return tensor.BeginBytes(9, stored.ByteCount).ToArray();
        }

        foreach (var (key, value) in new[]
        {
            ("location", store.FileName),
            ("offset", stored.Offset.ToString(CultureInfo.InvariantCulture)),
            ("length", stored.ByteCount.ToString(CultureInfo.InvariantCulture)),
        })
        {
            tensor.Child(13, new OnnxMessage().Text(1, key).Text(2, value));
        }

        return tensor.Int(14, ExternalLocation).ToArray();
    }
}
