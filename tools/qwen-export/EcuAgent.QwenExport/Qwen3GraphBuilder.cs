using System.Globalization;
using EcuAgent.Qwen.Package;
using EcuAgent.QwenExport.Onnx;

namespace EcuAgent.QwenExport;

/// <summary>
/// The Qwen3 decoder as ONNX operators: RMS norm, grouped-query attention with per-head norm of queries and keys and rotary
/// embedding, gated SiLU. Inputs and outputs as <see cref="NativeGraph"/> says. The head runs on the last position only.
/// </summary>
internal sealed class Qwen3GraphBuilder(ModelConfig config, int maxContext, OnnxGraphWriter graph, WeightWriter weights)
{
    private (string Name, object Value)[] NormAttributes => [("axis", -1), ("epsilon", (float)config.RmsNormEpsilon), ("stash_type", 1)];

    public void Build()
    {
        var (hidden, layers) = (config.HiddenSize, config.LayerCount);
        DeclareInputs();
        WriteConstants();

        const string EmbeddingName = "model.embed_tokens.weight";
        var residual = weights.Embedding(NativeGraph.InputIds, EmbeddingName, config.VocabularySize, hidden);
        var normed = graph.Node("SimplifiedLayerNormalization", [residual, weights.Vector(Layer(0, "input_layernorm"), hidden)], NormAttributes);
        for (var layer = 0; layer < layers; layer++)
        {
            var attention = Attention(layer, normed);
            (normed, residual) = AddAndNorm(attention, residual, Layer(layer, "post_attention_layernorm"));
            var next = layer + 1 < layers ? Layer(layer + 1, "input_layernorm") : "model.norm.weight";
            (normed, residual) = AddAndNorm(Mlp(layer, normed), residual, next);
        }

        var last = graph.Node("Gather", [normed, "last"], ("axis", 1));
        if (config.TiedEmbeddings)
        {
            weights.Multiply(last, EmbeddingName, config.VocabularySize, hidden, NativeGraph.Logits);
        }
        else
        {
            var head = weights.Linear(last, "lm_head.weight", config.VocabularySize, hidden);
            graph.Node("Identity", [head], [NativeGraph.Logits]);
        }
    }

    private static string Layer(int layer, string part) => string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}.{part}.weight");

    private void DeclareInputs()
    {
        graph.Input(NativeGraph.InputIds, OnnxType.Int64, 1, "n");
        graph.Input(NativeGraph.LastPosition, OnnxType.Int32, 1);
        graph.Input(NativeGraph.TotalLength, OnnxType.Int32);
        graph.Output(NativeGraph.Logits, OnnxType.Float, 1, 1, config.VocabularySize);
        for (var layer = 0; layer < config.LayerCount; layer++)
        {
            object[] shape = [1, config.KeyValueHeadCount, "context", config.HeadDimension];
            graph.Input(NativeGraph.PastKey(layer), OnnxType.Float, shape);
            graph.Input(NativeGraph.PastValue(layer), OnnxType.Float, shape);
            graph.Output(NativeGraph.PresentKey(layer), OnnxType.Float, shape);
            graph.Output(NativeGraph.PresentValue(layer), OnnxType.Float, shape);
        }
    }

    private void WriteConstants()
    {
        graph.Int64s("last", -1);
        graph.Int64s("split_heads", 0, 0, -1, config.HeadDimension);
        graph.Int64s("join_q", 0, 0, (long)config.HeadCount * config.HeadDimension);
        graph.Int64s("join_k", 0, 0, (long)config.KeyValueHeadCount * config.HeadDimension);

        var half = config.HeadDimension / 2;
        var cos = new float[maxContext * half];
        var sin = new float[maxContext * half];
        for (var position = 0; position < maxContext; position++)
        {
            for (var i = 0; i < half; i++)
            {
                var angle = position * Math.Pow(config.RopeTheta, -2.0 * i / config.HeadDimension);
                cos[(position * half) + i] = (float)Math.Cos(angle);
                sin[(position * half) + i] = (float)Math.Sin(angle);
            }
        }

        graph.Floats("cos", cos, maxContext, half);
        graph.Floats("sin", sin, maxContext, half);
    }

    private string Attention(int layer, string input)
    {
        var (hidden, queryWidth, keyWidth) = (config.HiddenSize, config.HeadCount * config.HeadDimension, config.KeyValueHeadCount * config.HeadDimension);
        var q = weights.Linear(input, Layer(layer, "self_attn.q_proj"), queryWidth, hidden);
        var k = weights.Linear(input, Layer(layer, "self_attn.k_proj"), keyWidth, hidden);
        var v = weights.Linear(input, Layer(layer, "self_attn.v_proj"), keyWidth, hidden);
        q = HeadNorm(q, Layer(layer, "self_attn.q_norm"), "join_q");
        k = HeadNorm(k, Layer(layer, "self_attn.k_norm"), "join_k");
        var output = string.Create(CultureInfo.InvariantCulture, $"attention.{layer}");
        graph.Node(
            "GroupQueryAttention",
            [q, k, v, NativeGraph.PastKey(layer), NativeGraph.PastValue(layer), NativeGraph.LastPosition, NativeGraph.TotalLength, "cos", "sin"],
            [output, NativeGraph.PresentKey(layer), NativeGraph.PresentValue(layer)],
            ("num_heads", config.HeadCount),
            ("kv_num_heads", config.KeyValueHeadCount),
            ("scale", (float)(1 / Math.Sqrt(config.HeadDimension))),
            ("do_rotary", 1),
            ("rotary_interleaved", 0),
            ("local_window_size", -1),
            ("softcap", 0f));
        return weights.Linear(output, Layer(layer, "self_attn.o_proj"), hidden, queryWidth);
    }

    private string HeadNorm(string input, string weight, string joinShape)
    {
        var heads = graph.Node("Reshape", [input, "split_heads"]);
        var normed = graph.Node("SimplifiedLayerNormalization", [heads, weights.Vector(weight, config.HeadDimension)], NormAttributes);
        return graph.Node("Reshape", [normed, joinShape]);
    }

    private (string Normed, string Sum) AddAndNorm(string input, string residual, string weight)
    {
        var (normed, sum) = (weight + ".out", weight + ".sum");
        graph.Node(
            "SkipSimplifiedLayerNormalization",
            [input, residual, weights.Vector(weight, config.HiddenSize)],
            [normed, "", "", sum],
            ("epsilon", (float)config.RmsNormEpsilon));
        return (normed, sum);
    }

    private string Mlp(int layer, string input)
    {
        var (hidden, wide) = (config.HiddenSize, config.IntermediateSize);
        var gate = weights.Linear(input, Layer(layer, "mlp.gate_proj"), wide, hidden);
        var up = weights.Linear(input, Layer(layer, "mlp.up_proj"), wide, hidden);
        var sigmoid = graph.Node("Sigmoid", [gate]);
        var silu = graph.Node("Mul", [gate, sigmoid]);
        var product = graph.Node("Mul", [silu, up]);
        return weights.Linear(product, Layer(layer, "mlp.down_proj"), hidden, wide);
    }
}
