using System.Runtime.InteropServices;
using EcuAgent.QwenExport.Onnx;

namespace EcuAgent.QwenExport;

/// <summary>Moves matrices from the checkpoint into the graph, a few rows at a time, and adds the operators that use them.</summary>
internal sealed class WeightWriter(Checkpoint checkpoint, OnnxGraphWriter graph, int bits, Action<string> report)
{
    // About 4 MB of floats at a time, whatever the tensor's size.
    private const int ElementsAtATime = 1 << 20;

    // int8 activations inside the kernel: measured three times as fast as float, at no visible cost in quality.
    private const int AccuracyLevel = 4;

    /// <summary>A vector of ones-like weights (layer norm); always float.</summary>
    public string Vector(string name, int length)
    {
        var entry = checkpoint.Require(name, length);
        var values = new float[length];
        checkpoint.Read(name, entry, 0, values);
        graph.Floats(name, values, length);
        return name;
    }

    /// <summary>Adds x · Wᵀ for the checkpoint's W [rows, columns] and returns the output's name.</summary>
    public string Linear(string input, string name, int rows, int columns)
    {
        Matrix(name, rows, columns);
        return Multiply(input, name, rows, columns);
    }

    /// <summary>Adds the token embedding and returns the output's name; the matrix can then serve as head by <see cref="Multiply"/>.</summary>
    public string Embedding(string ids, string name, int rows, int columns)
    {
        Matrix(name, rows, columns);
        if (bits == 32)
        {
            return graph.Node("Gather", [name, ids], ("axis", 0));
        }

        var blocks = BlockQuantizer.BlockCount(columns);
        var rowBytes = columns * bits / 8;
        var flat = name + ".flat";
        if (graph.CanAlias && columns % BlockQuantizer.BlockSize == 0)
        {
            graph.Alias(flat, OnnxType.UInt8, [rows, rowBytes], name);
        }
        else
        {
            // Folded at load. A padded last block is cut off: the gather takes rows of their true length.
            graph.Int64s(flat + ".shape", rows, blocks * (long)BlockQuantizer.BlockSize * bits / 8);
            var reshaped = graph.Node("Reshape", [name, flat + ".shape"]);
            if (columns % BlockQuantizer.BlockSize == 0)
            {
                flat = reshaped;
            }
            else
            {
                graph.Int64s(flat + ".from", 0);
                graph.Int64s(flat + ".to", rowBytes);
                graph.Int64s(flat + ".axis", 1);
                flat = graph.Node("Slice", [reshaped, flat + ".from", flat + ".to", flat + ".axis"]);
            }
        }

        return graph.Node("GatherBlockQuantized", [flat, ids, name + ".scales"], ("gather_axis", 0), ("quantize_axis", 1), ("block_size", BlockQuantizer.BlockSize), ("bits", bits));
    }

    /// <summary>Adds x · Wᵀ for a matrix that is already in the graph.</summary>
    public string Multiply(string input, string name, int rows, int columns, string? output = null)
    {
        string[] inputs = bits == 32 ? [input, name] : [input, name, name + ".scales"];
        var op = bits == 32 ? "FusedMatMul" : "MatMulNBits";
        (string, object)[] attributes = bits == 32
            ? [("transB", 1)]
            : [("K", columns), ("N", rows), ("bits", bits), ("block_size", BlockQuantizer.BlockSize), ("accuracy_level", AccuracyLevel)];
        if (output is null)
        {
            return graph.Node(op, inputs, attributes);
        }

        graph.Node(op, inputs, [output], attributes);
        return output;
    }

    private void Matrix(string name, int rows, int columns)
    {
        var entry = checkpoint.Require(name, rows, columns);
        if (bits == 32)
        {
            graph.Tensor(name, OnnxType.Float, [rows, columns], 4L * rows * columns, stream =>
                EachRows(name, entry, rows, columns, (values, _) => stream.Write(MemoryMarshal.AsBytes(values))));
            return;
        }

        var quantizer = new BlockQuantizer(bits);
        var blocks = BlockQuantizer.BlockCount(columns);
        var scales = new float[(long)rows * blocks];
        var rowBytes = blocks * quantizer.BytesPerBlock;
        graph.Tensor(name, OnnxType.UInt8, [rows, blocks, quantizer.BytesPerBlock], (long)rows * rowBytes, stream =>
        {
            var packed = new byte[rowBytes];
            EachRows(name, entry, rows, columns, (values, firstRow) =>
            {
                for (var r = 0; r < values.Length / columns; r++)
                {
                    quantizer.Row(values.Slice(r * columns, columns), packed, scales.AsSpan((firstRow + r) * blocks, blocks));
                    stream.Write(packed);
                }
            });
        });
        graph.Floats(name + ".scales", scales, rows, blocks);
        report(FormattableString.Invariant($"{name} [{rows},{columns}] {bits} bits, relative error {quantizer.RelativeError:0.0000}"));
    }

    private void EachRows(string name, SafetensorsEntry entry, int rows, int columns, RowsHandler handle)
    {
        var atATime = Math.Max(1, ElementsAtATime / columns);
        var buffer = new float[Math.Min(rows, atATime) * columns];
        for (var row = 0; row < rows; row += atATime)
        {
            var part = buffer.AsSpan(0, Math.Min(atATime, rows - row) * columns);
            checkpoint.Read(name, entry, (long)row * columns, part);
            handle(part, row);
        }
    }

    private delegate void RowsHandler(ReadOnlySpan<float> values, int firstRow);
}
