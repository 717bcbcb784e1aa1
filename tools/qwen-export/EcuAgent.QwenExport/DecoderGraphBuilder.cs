using System.Globalization;
using EcuAgent.Qwen.Package;
using EcuAgent.QwenExport.Onnx;

namespace EcuAgent.QwenExport;

/// <summary>
/// Qwen2 and Qwen3 decoders as ONNX operators: RMS norm, grouped-query attention with rotary embedding (biases for Qwen2, norms of
/// each head of queries and keys for Qwen3), gated SiLU. Inputs and outputs as <see cref="NativeGraph"/> and <see cref="GraphNames"/> say.
/// </summary>
internal sealed class DecoderGraphBuilder(DecoderShape shape, GraphSettings settings, OnnxGraphWriter graph, WeightStore weights)
{
    private readonly MatrixOperators _matrices = new(graph, weights, settings.FloatActivations);

    private OnnxNodes Nodes => graph.Nodes;

    private int QueryWidth => shape.Heads * shape.GraphHeadDimension;

    private string LogitPositions => settings.AllLogits ? "n" : "kept";

    private int KeyWidth => shape.KeyValueHeads * shape.GraphHeadDimension;

    public void Build()
    {
        DeclareInputs();
        WriteConstants();
        var residual = _matrices.Rows(Nodes, NativeGraph.InputIds, weights.Matrix(DecoderTensors.Embedding, shape.Vocabulary, shape.Hidden));
        var normed = Nodes.Add("SimplifiedLayerNormalization", [residual, weights.Vector(DecoderTensors.Name(0, "input_layernorm"), shape.Hidden)], NormAttributes(shape.Epsilon));
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var attention = Attention(layer, normed);
            (normed, residual) = AddAndNorm(attention, residual, DecoderTensors.Name(layer, "post_attention_layernorm"));
            var next = layer + 1 < shape.Layers ? DecoderTensors.Name(layer + 1, "input_layernorm") : DecoderTensors.FinalNorm;
            (normed, residual) = AddAndNorm(Mlp(layer, normed), residual, next);
        }

        Head(settings.AllLogits ? normed : LastPositions(normed));
    }

    private static (string Name, object Value)[] NormAttributes(double epsilon) => [("axis", -1), ("epsilon", (float)epsilon), ("stash_type", 1)];

    private void DeclareInputs()
    {
        graph.Input(NativeGraph.InputIds, OnnxType.Int64, 1, "n");
        graph.Input(NativeGraph.LastPosition, OnnxType.Int32, 1);
        graph.Input(NativeGraph.TotalLength, OnnxType.Int32);
        if (settings.ReducedHead)
        {
            graph.Input(GraphNames.HeadTokens, OnnxType.Int64, "h");
        }

        if (!settings.AllLogits)
        {
            graph.Input(GraphNames.LogitsToKeep, OnnxType.Int64);
        }

        graph.Output(NativeGraph.Logits, OnnxType.Float, 1, LogitPositions, settings.ReducedHead ? "columns" : shape.Vocabulary);
        var cacheType = settings.CacheScales is null ? OnnxType.Float : OnnxType.Int8;
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            object[] cache = [1, shape.KeyValueHeads, "context", shape.GraphHeadDimension];
            graph.Input(NativeGraph.PastKey(layer), cacheType, cache);
            graph.Input(NativeGraph.PastValue(layer), cacheType, cache);
            graph.Output(NativeGraph.PresentKey(layer), cacheType, cache);
            graph.Output(NativeGraph.PresentValue(layer), cacheType, cache);
        }
    }

    private void WriteConstants()
    {
        if (shape.HasHeadNorm)
        {
            graph.Int64s("split_heads", 0, 0, -1, shape.GraphHeadDimension);
            graph.Int64s("join_q", 0, 0, QueryWidth);
            graph.Int64s("join_k", 0, 0, KeyWidth);
        }

        var frequencies = shape.Rope.Frequencies(shape.HeadDimension);
        Table("cos", Math.Cos);
        Table("sin", Math.Sin);

        void Table(string name, Func<double, double> function) =>
            weights.Table(name, settings.MaxContext, shape.GraphHeadDimension / 2, (position, row) =>
            {
                for (var i = 0; i < frequencies.Length; i++)
                {
                    row[i] = (float)(function(position * frequencies[i]) * shape.Rope.AttentionFactor);
                }
            });
    }

    // From minus k to the end; minus 0 is the beginning, so that 0 keeps everything.
    private string LastPositions(string input)
    {
        graph.Int64s("one", 1);
        graph.Int64s("end", long.MaxValue);
        var from = Nodes.Add("Reshape", [Nodes.Add("Neg", [GraphNames.LogitsToKeep]), "one"]);
        return Nodes.Add("Slice", [input, from, "end", "one"]);
    }

    private string Attention(int layer, string input)
    {
        var q = Projection(input, DecoderTensors.Name(layer, "self_attn.q_proj"), shape.Heads, shape.HasQkvBias ? DecoderTensors.Name(layer, "self_attn.q_proj", "bias") : null);
        var k = Projection(input, DecoderTensors.Name(layer, "self_attn.k_proj"), shape.KeyValueHeads, shape.HasQkvBias ? DecoderTensors.Name(layer, "self_attn.k_proj", "bias") : null);
        var v = Projection(input, DecoderTensors.Name(layer, "self_attn.v_proj"), shape.KeyValueHeads, shape.HasQkvBias ? DecoderTensors.Name(layer, "self_attn.v_proj", "bias") : null);
        if (shape.HasHeadNorm)
        {
            q = HeadNorm(q, DecoderTensors.Name(layer, "self_attn.q_norm"), "join_q");
            k = HeadNorm(k, DecoderTensors.Name(layer, "self_attn.k_norm"), "join_k");
        }

        var output = string.Create(CultureInfo.InvariantCulture, $"attention.{layer}");
        List<string> inputs = [q, k, v, NativeGraph.PastKey(layer), NativeGraph.PastValue(layer), NativeGraph.LastPosition, NativeGraph.TotalLength, "cos", "sin"];
        List<(string, object)> attributes =
        [
            ("num_heads", shape.Heads),
            ("kv_num_heads", shape.KeyValueHeads),
            ("scale", (float)(1 / Math.Sqrt(shape.HeadDimension))),
            ("do_rotary", 1),
            ("rotary_interleaved", 0),
            ("local_window_size", shape.Windows[layer]),
            ("softcap", 0f),
        ];
        if (settings.CacheScales is { } scales)
        {
            var (keyScale, valueScale) = (NativeGraph.PastKey(layer) + ".scale", NativeGraph.PastValue(layer) + ".scale");
            long[] perChannel = [1, shape.KeyValueHeads, 1, shape.GraphHeadDimension];
            graph.Floats(keyScale, perChannel, scales[layer].Keys);
            graph.Floats(valueScale, perChannel, scales[layer].Values);
            inputs.AddRange(["", "", "", keyScale, valueScale]);
            attributes.AddRange([("k_quant_type", "PER_CHANNEL"), ("v_quant_type", "PER_CHANNEL"), ("kv_cache_bit_width", 8)]);
        }

        Nodes.Add("GroupQueryAttention", [.. inputs], [output, NativeGraph.PresentKey(layer), NativeGraph.PresentValue(layer)], [.. attributes]);
        var o = weights.Matrix(DecoderTensors.Name(layer, "self_attn.o_proj"), shape.Hidden, shape.Heads * shape.HeadDimension, columnMap: shape.HeadMap(shape.Heads), mappedSize: QueryWidth);
        return _matrices.Multiply(Nodes, output, o, shape.HasOutputBias ? weights.Vector(DecoderTensors.Name(layer, "self_attn.o_proj", "bias"), shape.Hidden) : null);
    }

    private string Projection(string input, string name, int heads, string? bias)
    {
        var (given, width, map) = (heads * shape.HeadDimension, heads * shape.GraphHeadDimension, shape.HeadMap(heads));
        return _matrices.Multiply(
            Nodes, input, weights.Matrix(name, given, shape.Hidden, rowMap: map, mappedSize: width), bias is null ? null : weights.Vector(bias, given, map, width));
    }

    // A filled-up head has the same sum of squares over more elements: epsilon and weight take that out again.
    private string HeadNorm(string input, string weight, string joinShape)
    {
        var share = (double)shape.HeadDimension / shape.GraphHeadDimension;
        var scale = weights.Vector(weight, shape.HeadDimension, shape.HeadMap(1), shape.GraphHeadDimension, Math.Sqrt(share));
        var heads = Nodes.Add("Reshape", [input, "split_heads"]);
        var normed = Nodes.Add("SimplifiedLayerNormalization", [heads, scale], NormAttributes(shape.Epsilon * share));
        return Nodes.Add("Reshape", [normed, joinShape]);
    }

    private (string Normed, string Sum) AddAndNorm(string input, string residual, string weight)
    {
        var (normed, sum) = (weight + ".out", weight + ".sum");
        Nodes.Add(
            "SkipSimplifiedLayerNormalization",
            [input, residual, weights.Vector(weight, shape.Hidden)],
            [normed, "", "", sum],
            ("epsilon", (float)shape.Epsilon));
        return (normed, sum);
    }

    private string Mlp(int layer, string input)
    {
        var (hidden, wide) = (shape.Hidden, shape.Intermediate);
        var gate = _matrices.Multiply(Nodes, input, weights.Matrix(DecoderTensors.Name(layer, "mlp.gate_proj"), wide, hidden));
        var up = _matrices.Multiply(Nodes, input, weights.Matrix(DecoderTensors.Name(layer, "mlp.up_proj"), wide, hidden));
        var silu = Nodes.Add("Mul", [gate, Nodes.Add("Sigmoid", [gate])]);
        var product = Nodes.Add("Mul", [silu, up]);
        return _matrices.Multiply(Nodes, product, weights.Matrix(DecoderTensors.Name(layer, "mlp.down_proj"), hidden, wide));
    }

    private void Head(string input)
    {
        var weight = weights.Matrix(DecoderTensors.HeadOf(shape), shape.Vocabulary, shape.Hidden);
        if (!settings.ReducedHead)
        {
            Nodes.Add("Identity", [_matrices.Multiply(Nodes, input, weight)], [NativeGraph.Logits]);
            return;
        }

        // Both branches read the same weights of the graph around them; only the branch that is taken costs anything.
        using var full = new OnnxNodes("full.");
        using var reduced = new OnnxNodes("reduced.");
        var all = _matrices.Multiply(full, input, weight);
        var some = reduced.Add("FusedMatMul", [input, _matrices.Rows(reduced, GraphNames.HeadTokens, weight)], ("transB", 1));
        graph.Int64s("zero", 0);
        var wantsAll = Nodes.Add("Equal", [Nodes.Add("Shape", [GraphNames.HeadTokens]), "zero"]);
        Nodes.Add(
            "If",
            [wantsAll],
            [NativeGraph.Logits],
            ("then_branch", full.Branch("full_head", all, OnnxType.Float, 1, LogitPositions, shape.Vocabulary)),
            ("else_branch", reduced.Branch("reduced_head", some, OnnxType.Float, 1, LogitPositions, "h")));
    }
}
