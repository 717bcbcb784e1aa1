using EcuAgent.QwenExport.Onnx;

namespace EcuAgent.QwenExport;

/// <summary>Adds the operators that use a stored matrix: product, embedding, and rows for the reduced head.</summary>
internal sealed class MatrixOperators(OnnxGraphWriter graph, WeightStore weights, bool floatActivations)
{
    // int8 activations inside the kernel: measured three times as fast as float, at no visible cost in quality.
    private const int Int8Activations = 4;
    private const int FloatActivations = 1;

    private readonly Dictionary<string, string> _converted = new(StringComparer.Ordinal);

    /// <summary>x · Wᵀ (+ bias); returns the output's name.</summary>
    public string Multiply(OnnxNodes nodes, string input, StoredWeight weight, string? bias = null)
    {
        if (weight.IsQuantized)
        {
            string[] inputs = bias is null ? [input, weight.Name, weight.Scales] : [input, weight.Name, weight.Scales, "", "", bias];
            return nodes.Add(
                "MatMulNBits",
                inputs,
                ("K", weight.Columns),
                ("N", weight.Rows),
                ("bits", weight.Bits),
                ("block_size", BlockQuantizer.BlockSize),
                ("accuracy_level", floatActivations ? FloatActivations : Int8Activations));
        }

        var product = nodes.Add("FusedMatMul", [input, Floats(weight)], ("transB", 1));
        return bias is null ? product : nodes.Add("Add", [product, bias]);
    }

    /// <summary>Rows of W by their numbers, as floats; any shape of numbers.</summary>
    public string Rows(OnnxNodes nodes, string numbers, StoredWeight weight)
    {
        switch (weight.Bits)
        {
            case 32:
                return nodes.Add("Gather", [weight.Name, numbers], ("axis", 0));
            case 16:
                return nodes.Add("Cast", [nodes.Add("Gather", [weight.Name, numbers], ("axis", 0))], ("to", (int)OnnxType.Float));
            default:
                var rows = nodes.Add(
                    "GatherBlockQuantized",
                    [ByteRows(weight), numbers, weight.Scales],
                    ("gather_axis", 0),
                    ("quantize_axis", 1),
                    ("block_size", BlockQuantizer.BlockSize),
                    ("bits", weight.Bits));
                return weight.Columns % BlockQuantizer.BlockSize == 0 ? rows : CutOff(nodes, rows, weight);
        }
    }

    // The filled-up end of each row.
    private string CutOff(OnnxNodes nodes, string rows, StoredWeight weight)
    {
        var name = weight.Name + ".cut";
        if (_converted.TryAdd(name, name))
        {
            graph.Int64s(name + ".from", 0);
            graph.Int64s(name + ".to", weight.Columns);
            graph.Int64s(name + ".axis", -1);
        }

        return nodes.Add("Slice", [rows, name + ".from", name + ".to", name + ".axis"]);
    }

    // The same bytes without the division into blocks. Inside the model file this is folded at load, and costs a copy.
    private string ByteRows(StoredWeight weight)
    {
        if (weights.CanAlias)
        {
            return weights.ByteRows(weight);
        }

        if (!_converted.TryGetValue(weight.Name, out var flat))
        {
            graph.Int64s(weight.Name + ".flat.shape", weight.Rows, -1);
            flat = graph.Nodes.Add("Reshape", [weight.Name, weight.Name + ".flat.shape"]);
            _converted.Add(weight.Name, flat);
        }

        return flat;
    }

    // The CPU multiplies floats only, so half-precision weights are widened; folded at load.
    private string Floats(StoredWeight weight)
    {
        if (weight.Bits == 32)
        {
            return weight.Name;
        }

        if (!_converted.TryGetValue(weight.Name, out var wide))
        {
            wide = graph.Nodes.Add("Cast", [weight.Name], ("to", (int)OnnxType.Float));
            _converted.Add(weight.Name, wide);
        }

        return wide;
    }
}
