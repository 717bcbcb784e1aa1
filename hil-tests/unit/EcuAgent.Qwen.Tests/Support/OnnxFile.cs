using System.Runtime.InteropServices;
using System.Text;

namespace EcuAgent.Qwen.Tests.Support;

/// <summary>Writes an ONNX graph by hand, independent of the exporter; field numbers are those of onnx.proto.</summary>
internal sealed class OnnxFile : IDisposable
{
    public const int Float = 1;
    public const int Int8 = 3;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Half = 10;

    private readonly MemoryStream _graph = new();
    private int _next;

    public void Input(string name, int type, params object[] shape) => Field(_graph, 11, ValueInfo(name, type, shape));

    public void Output(string name, int type, params object[] shape) => Field(_graph, 12, ValueInfo(name, type, shape));

    public string Floats(string name, float[] values, params long[] shape) => Tensor(name, Float, shape, MemoryMarshal.AsBytes(values.AsSpan()));

    public string Longs(params long[] values) => Tensor($"c{_next++}", Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    public string Long(long value) => Tensor($"c{_next++}", Int64, [], MemoryMarshal.AsBytes(new[] { value }.AsSpan()));

    public string Node(string op, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = $"{op}_{_next++}";
        Node(op, inputs, [output], attributes);
        return output;
    }

    public void Node(string op, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        var node = new MemoryStream();
        foreach (var input in inputs)
        {
            Field(node, 1, input);
        }

        foreach (var output in outputs)
        {
            Field(node, 2, output);
        }

        Field(node, 3, $"n{_next++}");
        Field(node, 4, op);
        foreach (var (name, value) in attributes)
        {
            var attribute = new MemoryStream();
            Field(attribute, 1, name);
            switch (value)
            {
                case float f:
                    Varint(attribute, (2 << 3) | 5);
                    attribute.Write(BitConverter.GetBytes(f));
                    Number(attribute, 20, 1);
                    break;
                case long[] list:
                    foreach (var item in list)
                    {
                        Number(attribute, 8, item);
                    }

                    Number(attribute, 20, 7);
                    break;
                default:
                    Number(attribute, 3, Convert.ToInt64(value));
                    Number(attribute, 20, 2);
                    break;
            }

            Field(node, 5, attribute);
        }

        if (op is "GroupQueryAttention")
        {
            Field(node, 7, "com.microsoft");
        }

        Field(_graph, 1, node);
    }

    public void Save(string path)
    {
        Field(_graph, 2, "tiny");
        var model = new MemoryStream();
        Number(model, 1, 10);
        foreach (var (domain, version) in new[] { ("", 21), ("com.microsoft", 1) })
        {
            var opset = new MemoryStream();
            Field(opset, 1, domain);
            Number(opset, 2, version);
            Field(model, 8, opset);
        }

        Field(model, 7, _graph);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, model.ToArray());
    }

    public void Dispose() => _graph.Dispose();

    private string Tensor(string name, int type, long[] shape, ReadOnlySpan<byte> data)
    {
        var tensor = new MemoryStream();
        foreach (var dimension in shape)
        {
            Number(tensor, 1, dimension);
        }

        Number(tensor, 2, type);
        Field(tensor, 8, name);
        Varint(tensor, (9 << 3) | 2);
        Varint(tensor, (ulong)data.Length);
        tensor.Write(data);
        Field(_graph, 5, tensor);
        return name;
    }

    private static MemoryStream ValueInfo(string name, int type, object[] shape)
    {
        var dimensions = new MemoryStream();
        foreach (var dimension in shape)
        {
            var one = new MemoryStream();
            if (dimension is string symbol)
            {
                Field(one, 2, symbol);
            }
            else
            {
                Number(one, 1, Convert.ToInt64(dimension));
            }

            Field(dimensions, 1, one);
        }

        var (tensor, kind, info) = (new MemoryStream(), new MemoryStream(), new MemoryStream());
        Number(tensor, 1, type);
        Field(tensor, 2, dimensions);
        Field(kind, 1, tensor);
        Field(info, 1, name);
        Field(info, 2, kind);
        return info;
    }

    private static void Field(MemoryStream to, int field, MemoryStream child) => Field(to, field, child.ToArray());

    private static void Field(MemoryStream to, int field, string text) => Field(to, field, Encoding.UTF8.GetBytes(text));

    private static void Field(MemoryStream to, int field, byte[] bytes)
    {
        Varint(to, (ulong)((field << 3) | 2));
        Varint(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Number(MemoryStream to, int field, long value)
    {
        Varint(to, (ulong)(field << 3));
        Varint(to, (ulong)value);
    }

    private static void Varint(MemoryStream to, ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            to.WriteByte((byte)(value | 128));
        }

        to.WriteByte((byte)value);
    }
}
