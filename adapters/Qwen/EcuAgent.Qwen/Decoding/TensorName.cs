using System.Text;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EcuAgent.Qwen.Decoding;

/// <summary>An input or output of a graph, ready to be bound again and again without allocating.</summary>
internal sealed unsafe class TensorName : IDisposable
{
    private readonly NativeBlock _utf8;

    public TensorName(string name, TensorElementType type, int[] dimensions, bool isOutput)
    {
        Name = name;
        Type = type;
        Dimensions = dimensions;
        IsOutput = isOutput;
        _utf8 = new NativeBlock(Encoding.UTF8.GetByteCount(name) + 1);
        Encoding.UTF8.GetBytes(name, _utf8.As<byte>((int)_utf8.ByteCount));
    }

    public string Name { get; }

    public TensorElementType Type { get; }

    /// <summary>As the graph declares them; -1 where the graph leaves it open.</summary>
    public int[] Dimensions { get; }

    public bool IsOutput { get; }

    public int ElementSize => Type switch
    {
        TensorElementType.Float or TensorElementType.Int32 => 4,
        TensorElementType.Float16 or TensorElementType.BFloat16 => 2,
        TensorElementType.Int64 => 8,
        _ => 1,
    };

    public void Bind(OrtIoBinding binding, byte* data, ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            count *= dimension;
        }

        OrtNative.Bind(binding, IsOutput, _utf8.Pointer, data, count * ElementSize, shape, Type);
    }

    public override string ToString() => $"{(IsOutput ? "output" : "input")} '{Name}' {Type} [{string.Join(',', Dimensions)}]";

    public void Dispose() => _utf8.Dispose();
}
