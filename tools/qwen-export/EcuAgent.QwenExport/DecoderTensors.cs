using System.Globalization;

namespace EcuAgent.QwenExport;

/// <summary>Names and shapes of a decoder's tensors, as Hugging Face's Qwen2 and Qwen3 checkpoints have them.</summary>
internal static class DecoderTensors
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string Head = "lm_head.weight";
    public const string FinalNorm = "model.norm.weight";

    /// <summary>The matrix that gives the logits.</summary>
    public static string HeadOf(DecoderShape shape) => shape.Tied ? Embedding : Head;

    public static string Name(int layer, string part, string kind = "weight") => string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}.{part}.{kind}");

    /// <summary>Every tensor that the model is made of.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Of(DecoderShape shape)
    {
        long hidden = shape.Hidden;
        yield return (Embedding, [shape.Vocabulary, hidden]);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            foreach (var (part, dimensions, kind) in Layer(shape))
            {
                yield return (Name(layer, part, kind), dimensions);
            }
        }

        yield return (FinalNorm, [hidden]);
        if (!shape.Tied)
        {
            yield return (Head, [shape.Vocabulary, hidden]);
        }
    }

    private static IEnumerable<(string Part, long[] Shape, string Kind)> Layer(DecoderShape shape)
    {
        long hidden = shape.Hidden;
        (string Part, long Rows, long Columns, bool Bias)[] matrices =
        [
            ("self_attn.q_proj", (long)shape.Heads * shape.HeadDimension, hidden, shape.HasQkvBias),
            ("self_attn.k_proj", (long)shape.KeyValueHeads * shape.HeadDimension, hidden, shape.HasQkvBias),
            ("self_attn.v_proj", (long)shape.KeyValueHeads * shape.HeadDimension, hidden, shape.HasQkvBias),
            ("self_attn.o_proj", hidden, (long)shape.Heads * shape.HeadDimension, shape.HasOutputBias),
            ("mlp.gate_proj", shape.Intermediate, hidden, false),
            ("mlp.up_proj", shape.Intermediate, hidden, false),
            ("mlp.down_proj", hidden, shape.Intermediate, false),
        ];
        foreach (var (part, rows, columns, bias) in matrices)
        {
            yield return (part, [rows, columns], "weight");
            if (bias)
            {
                yield return (part, [rows], "bias");
            }
        }

        yield return ("input_layernorm", [hidden], "weight");
        yield return ("post_attention_layernorm", [hidden], "weight");
        if (shape.HasHeadNorm)
        {
            yield return ("self_attn.q_norm", [shape.HeadDimension], "weight");
            yield return ("self_attn.k_norm", [shape.HeadDimension], "weight");
        }
    }
}
