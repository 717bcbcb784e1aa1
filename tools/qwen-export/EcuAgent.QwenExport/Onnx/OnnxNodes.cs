using System.Globalization;

namespace EcuAgent.QwenExport.Onnx;

/// <summary>Operators of a graph or of a branch of an If; names made here start with <paramref name="prefix"/> and are unique.</summary>
internal sealed class OnnxNodes(string prefix) : IDisposable
{
    private const string ContribDomain = "com.microsoft";

    private static readonly HashSet<string> ContribOperators =
        ["MatMulNBits", "GatherBlockQuantized", "GroupQueryAttention", "SkipSimplifiedLayerNormalization", "FusedMatMul"];

    private readonly OnnxMessage _nodes = new();
    private int _count;

    /// <summary>Adds an operator with one output and returns the output's name.</summary>
    public string Add(string op, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = string.Create(CultureInfo.InvariantCulture, $"{prefix}{op}_{_count}");
        Add(op, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds an operator; an attribute's value is a float, an integer, a string or a branch from <see cref="Branch"/>.</summary>
    public void Add(string op, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
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

        node.Text(3, string.Create(CultureInfo.InvariantCulture, $"{prefix}n{_count++}_{op}")).Text(4, op);
        foreach (var (name, value) in attributes)
        {
            node.Child(5, Attribute(name, value));
        }

        if (ContribOperators.Contains(op))
        {
            node.Text(7, ContribDomain);
        }

        _nodes.Bytes(1, node.ToArray());
    }

    /// <summary>These operators as the body of an If's branch. It may use values of the graph around it by name.</summary>
    public OnnxMessage Branch(string name, string output, OnnxType type, params object[] shape) =>
        CopyTo(new OnnxMessage()).Text(2, name).Child(12, OnnxShape.ValueInfo(output, type, shape));

    public OnnxMessage CopyTo(OnnxMessage graph)
    {
        _nodes.Stream.WriteTo(graph.Stream);
        return graph;
    }

    public void Dispose() => _nodes.Dispose();

    private static OnnxMessage Attribute(string name, object value)
    {
        const int FloatAttribute = 1;
        const int IntAttribute = 2;
        const int StringAttribute = 3;
        const int GraphAttribute = 5;
        var attribute = new OnnxMessage().Text(1, name);
        return value switch
        {
            float f => attribute.Float(2, f).Int(20, FloatAttribute),
            string s => attribute.Text(4, s).Int(20, StringAttribute),
            OnnxMessage graph => attribute.Child(6, graph).Int(20, GraphAttribute),
            _ => attribute.Int(3, Convert.ToInt64(value, CultureInfo.InvariantCulture)).Int(20, IntAttribute),
        };
    }
}
