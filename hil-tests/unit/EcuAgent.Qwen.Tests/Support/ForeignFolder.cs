using System.Text.Json;

namespace EcuAgent.Qwen.Tests.Support;

/// <summary>
/// A model folder as other exporters lay it out, with the weights of a <see cref="TinyCheckpoint"/>: attention in plain operators that
/// join past and present (Hugging Face), or GroupQueryAttention with an attention mask (ONNX Runtime GenAI).
/// </summary>
internal sealed record ForeignFolder(TinyCheckpoint Shape)
{
    public bool IsGenAi { get; init; }

    /// <summary>GroupQueryAttention in the place of plain operators.</summary>
    public bool HasFusedAttention { get; init; }

    /// <summary>Half precision for cache and logits.</summary>
    public bool IsHalf { get; init; }

    /// <summary>Logits of the last position only.</summary>
    public bool IsPruned { get; init; }

    /// <summary>An input that says for how many positions logits are wanted.</summary>
    public bool HasLogitsToKeep { get; init; }

    /// <summary>32-bit token ids.</summary>
    public bool HasSmallIds { get; init; }

    /// <summary>Loads, because lengths are open, and fails when they are known.</summary>
    public bool FailsWhenRun { get; init; }

    public string GraphFile { get; init; } = "onnx/model.onnx";

    /// <summary>Where the layer's number goes.</summary>
    public string PastName { get; init; } = "past_key_values.%d.";

    /// <summary>Changes the graph on purpose.</summary>
    public Action<OnnxFile> Spoil { get; init; } = static _ => { };

    private int CacheType => IsHalf ? OnnxFile.Half : OnnxFile.Float;

    public string Write(TestFiles files)
    {
        var folder = files.Folder($"foreign-{Guid.NewGuid():N}");
        if (Shape.Tensors.Count == 0)
        {
            Shape.Write(files.Folder($"unused-{Guid.NewGuid():N}"));
        }

        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), TinyTokenizer.Json);
        WriteGraph(Path.Combine(folder, IsGenAi ? "decoder.onnx" : GraphFile));
        File.WriteAllText(Path.Combine(folder, IsGenAi ? "genai_config.json" : "config.json"), JsonSerializer.Serialize(IsGenAi ? GenAiConfig() : HuggingFaceConfig()));
        return folder;
    }

    private Dictionary<string, object> HuggingFaceConfig() => new()
    {
        ["model_type"] = "qwen3", ["hidden_size"] = Shape.Hidden, ["num_hidden_layers"] = Shape.Layers, ["num_attention_heads"] = Shape.Heads,
        ["num_key_value_heads"] = Shape.KeyValueHeads, ["head_dim"] = Shape.HeadDimension, ["intermediate_size"] = Shape.Intermediate,
        ["vocab_size"] = Shape.Vocabulary, ["max_position_embeddings"] = 4096, ["rope_theta"] = Shape.RopeTheta, ["rms_norm_eps"] = Shape.Epsilon,
        ["tie_word_embeddings"] = Shape.Tied, ["eos_token_id"] = TinyTokenizer.IdOf("<|im_end|>"),
    };

    private Dictionary<string, object> GenAiConfig() => new()
    {
        ["model"] = new Dictionary<string, object>
        {
            ["type"] = "qwen3", ["vocab_size"] = Shape.Vocabulary, ["context_length"] = 4096,
            ["eos_token_id"] = new[] { TinyTokenizer.IdOf("<|im_end|>") },
            ["decoder"] = new Dictionary<string, object>
            {
                ["filename"] = "decoder.onnx", ["hidden_size"] = Shape.Hidden, ["head_size"] = Shape.HeadDimension,
                ["num_attention_heads"] = Shape.Heads, ["num_key_value_heads"] = Shape.KeyValueHeads, ["num_hidden_layers"] = Shape.Layers,
                ["inputs"] = new Dictionary<string, object>
                {
                    ["input_ids"] = "input_ids", ["attention_mask"] = "attention_mask", ["past_key_names"] = PastName + "key", ["past_value_names"] = PastName + "value",
                },
                ["outputs"] = new Dictionary<string, object> { ["logits"] = "logits", ["present_key_names"] = "present.%d.key", ["present_value_names"] = "present.%d.value" },
            },
        },
        ["search"] = new Dictionary<string, object> { ["past_present_share_buffer"] = HasFusedAttention, ["max_length"] = 4096 },
    };

    private void WriteGraph(string path)
    {
        using var g = new OnnxFile();
        g.Input("input_ids", HasSmallIds ? OnnxFile.Int32 : OnnxFile.Int64, "batch", "n");
        g.Input("attention_mask", OnnxFile.Int64, "batch", "total");
        if (!HasFusedAttention)
        {
            g.Input("position_ids", OnnxFile.Int64, "batch", "n");
        }

        if (HasLogitsToKeep)
        {
            g.Input("num_logits_to_keep", OnnxFile.Int64);
        }

        g.Output("logits", IsHalf ? OnnxFile.Half : OnnxFile.Float, "batch", "rows", Shape.Vocabulary);
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            foreach (var part in (string[])["key", "value"])
            {
                g.Input(PastName.Replace("%d", $"{layer}") + part, CacheType, "batch", Shape.KeyValueHeads, "past", Shape.HeadDimension);
                g.Output($"present.{layer}.{part}", CacheType, "batch", Shape.KeyValueHeads, "present", Shape.HeadDimension);
            }
        }

        var (_, embedding) = Shape.Tensors["model.embed_tokens.weight"];
        g.Floats("embedding", embedding, Shape.Vocabulary, Shape.Hidden);
        Tables(g);
        var x = g.Node("Gather", ["embedding", "input_ids"], ("axis", 0));
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            var p = $"model.layers.{layer}.";
            x = g.Node("Add", [x, Attention(g, layer, Norm(g, x, p + "input_layernorm.weight", Shape.Hidden))]);
            var normed = Norm(g, x, p + "post_attention_layernorm.weight", Shape.Hidden);
            var gate = Linear(g, normed, p + "mlp.gate_proj.weight");
            var product = g.Node("Mul", [g.Node("Mul", [gate, g.Node("Sigmoid", [gate])]), Linear(g, normed, p + "mlp.up_proj.weight")]);
            x = g.Node("Add", [x, Linear(g, product, p + "mlp.down_proj.weight")]);
        }

        x = Norm(g, x, "model.norm.weight", Shape.Hidden);
        if (FailsWhenRun)
        {
            x = g.Node("Reshape", [x, g.Longs(1, -1, 1_000_003)]);
            x = g.Node("Slice", [x, g.Longs(0), g.Longs(Shape.Hidden), g.Longs(2)]);
        }

        if (IsPruned)
        {
            x = g.Node("Gather", [x, g.Longs(-1)], ("axis", 1));
        }
        else if (HasLogitsToKeep)
        {
            var from = g.Node("Reshape", [g.Node("Neg", ["num_logits_to_keep"]), g.Longs(1)]);
            x = g.Node("Slice", [x, from, g.Longs(long.MaxValue), g.Longs(1)]);
        }

        g.Node("Cast", [Linear(g, x, Shape.Tied ? "model.embed_tokens.weight" : "lm_head.weight")], ["logits"], ("to", IsHalf ? OnnxFile.Half : OnnxFile.Float));
        Spoil(g);
        g.Save(path);
    }

    private void Tables(OnnxFile g)
    {
        const int Positions = 4096;
        var half = Shape.HeadDimension / 2;
        var (cos, sin) = (new float[Positions * half], new float[Positions * half]);
        for (var i = 0; i < cos.Length; i++)
        {
            var angle = i / half * Math.Pow(Shape.RopeTheta, -2.0 * (i % half) / Shape.HeadDimension);
            (sin[i], cos[i]) = ((float)Math.Sin(angle), (float)Math.Cos(angle));
        }

        g.Floats("cos", cos, Positions, half);
        g.Floats("sin", sin, Positions, half);
    }

    private string Attention(OnnxFile g, int layer, string x)
    {
        var p = $"model.layers.{layer}.self_attn.";
        var q = HeadNorm(g, Linear(g, x, p + "q_proj.weight"), p + "q_norm.weight", Shape.Heads);
        var k = HeadNorm(g, Linear(g, x, p + "k_proj.weight"), p + "k_norm.weight", Shape.KeyValueHeads);
        var v = g.Node("Reshape", [Linear(g, x, p + "v_proj.weight"), g.Longs(0, 0, Shape.KeyValueHeads, Shape.HeadDimension)]);
        var joined = HasFusedAttention ? Fused(g, layer, q, k, v) : Plain(g, layer, q, k, v);
        return Linear(g, joined, p + "o_proj.weight");
    }

    private string Fused(OnnxFile g, int layer, string q, string k, string v)
    {
        var length = g.Node("Cast", [g.Node("Sub", [g.Node("ReduceSum", ["attention_mask", g.Longs(1)], ("keepdims", 0)), g.Longs(1)])], ("to", OnnxFile.Int32));
        var total = g.Node("Cast", [g.Node("Gather", [g.Node("Shape", ["attention_mask"]), g.Long(1)], ("axis", 0))], ("to", OnnxFile.Int32));
        string Flat(string heads) => g.Node("Reshape", [heads, g.Longs(0, 0, -1)]);
        var output = $"attention.{layer}";
        g.Node(
            "GroupQueryAttention",
            [Flat(q), Flat(k), Flat(v), Past(layer, "key"), Past(layer, "value"), length, total, "cos", "sin"],
            [output, $"present.{layer}.key", $"present.{layer}.value"],
            ("num_heads", Shape.Heads), ("kv_num_heads", Shape.KeyValueHeads), ("do_rotary", 1), ("scale", (float)(1 / Math.Sqrt(Shape.HeadDimension))));
        return output;
    }

    private string Plain(OnnxFile g, int layer, string q, string k, string v)
    {
        string Up(string t) => g.Node("Transpose", [t], ("perm", new long[] { 0, 2, 1, 3 }));
        q = Rotate(g, Up(q));
        k = Rotate(g, Up(k));
        var keys = Join(g, layer, "key", k);
        var values = Join(g, layer, "value", Up(v));
        var scores = g.Node("MatMul", [q, g.Node("Transpose", [Repeat(g, keys)], ("perm", new long[] { 0, 1, 3, 2 }))]);
        scores = g.Node("Mul", [scores, g.Floats($"scale.{layer}", [(float)(1 / Math.Sqrt(Shape.HeadDimension))], 1)]);

        // Position of a key above that of the query: not seen.
        var total = g.Node("Gather", [g.Node("Shape", ["attention_mask"]), g.Long(1)], ("axis", 0));
        var columns = g.Node("Range", [g.Long(0), total, g.Long(1)]);
        var rows = g.Node("Unsqueeze", ["position_ids", g.Longs(2)]);
        var hidden = g.Node("Unsqueeze", [g.Node("Greater", [columns, rows]), g.Longs(1)]);
        scores = g.Node("Where", [hidden, g.Floats($"low.{layer}", [-1e9f], 1), scores]);
        var mixed = g.Node("MatMul", [g.Node("Softmax", [scores], ("axis", -1)), Repeat(g, values)]);
        return g.Node("Reshape", [Up(mixed), g.Longs(0, 0, -1)]);
    }

    private string Join(OnnxFile g, int layer, string part, string fresh)
    {
        var past = IsHalf ? g.Node("Cast", [Past(layer, part)], ("to", OnnxFile.Float)) : Past(layer, part);
        var joined = g.Node("Concat", [past, fresh], ("axis", 2));
        g.Node("Cast", [joined], [$"present.{layer}.{part}"], ("to", CacheType));
        return joined;
    }

    private string Repeat(OnnxFile g, string heads)
    {
        var group = Shape.Heads / Shape.KeyValueHeads;
        var wide = g.Node("Concat", [.. Enumerable.Repeat(g.Node("Unsqueeze", [heads, g.Longs(2)]), group)], ("axis", 2));
        return g.Node("Reshape", [wide, g.Longs(0, Shape.Heads, -1, Shape.HeadDimension)]);
    }

    private string Rotate(OnnxFile g, string heads)
    {
        var half = Shape.HeadDimension / 2;
        var cos = g.Node("Unsqueeze", [g.Node("Gather", ["cos", "position_ids"], ("axis", 0)), g.Longs(1)]);
        var sin = g.Node("Unsqueeze", [g.Node("Gather", ["sin", "position_ids"], ("axis", 0)), g.Longs(1)]);
        var a = g.Node("Slice", [heads, g.Longs(0), g.Longs(half), g.Longs(3)]);
        var b = g.Node("Slice", [heads, g.Longs(half), g.Longs(2 * half), g.Longs(3)]);
        var first = g.Node("Sub", [g.Node("Mul", [a, cos]), g.Node("Mul", [b, sin])]);
        var second = g.Node("Add", [g.Node("Mul", [b, cos]), g.Node("Mul", [a, sin])]);
        return g.Node("Concat", [first, second], ("axis", 3));
    }

    private string HeadNorm(OnnxFile g, string x, string weight, int heads) =>
        Norm(g, g.Node("Reshape", [x, g.Longs(0, 0, heads, Shape.HeadDimension)]), weight, Shape.HeadDimension);

    private string Norm(OnnxFile g, string x, string weight, int width) => g.Node(
        "SimplifiedLayerNormalization", [x, g.Floats(weight, Shape.Tensors[weight].Values, width)], ("axis", -1), ("epsilon", (float)Shape.Epsilon), ("stash_type", 1));

    private string Linear(OnnxFile g, string x, string weight)
    {
        var (shape, values) = Shape.Tensors[weight];
        var name = $"{weight}.t";
        var transposed = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            transposed[(i % shape[1] * shape[0]) + (i / shape[1])] = values[i];
        }

        return g.Node("MatMul", [x, g.Floats(name, transposed, shape[1], shape[0])]);
    }

    private string Past(int layer, string part) => PastName.Replace("%d", $"{layer}") + part;
}
