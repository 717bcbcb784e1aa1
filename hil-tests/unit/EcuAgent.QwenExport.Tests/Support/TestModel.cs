using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcuAgent.QwenExport.Tests.Support;

/// <summary>A random Qwen2 or Qwen3 in Hugging Face's layout, written by the tests' own safetensors writer.</summary>
internal sealed record TestModel
{
    public string Family { get; init; } = "qwen3";

    public int Hidden { get; init; } = 64;

    public int Layers { get; init; } = 2;

    public int Heads { get; init; } = 4;

    public int KeyValueHeads { get; init; } = 2;

    public int HeadDimension { get; init; } = 16;

    public int Intermediate { get; init; } = 96;

    public int Vocabulary { get; init; } = 301;

    public bool Tied { get; init; } = true;

    /// <summary>attention_bias of a Qwen3; a Qwen2 always has its three.</summary>
    public bool AttentionBias { get; init; }

    public double Theta { get; init; } = 10_000;

    public double Epsilon { get; init; } = 1e-6;

    /// <summary>JSON of rope_scaling, or null.</summary>
    public string? RopeScaling { get; init; }

    /// <summary>Writes rope_parameters with theta inside, as newer files have it, instead of rope_theta and rope_scaling.</summary>
    public bool NewRopeSpelling { get; init; }

    public int? Window { get; init; }

    /// <summary>First layer with a window.</summary>
    public int FirstWindowLayer { get; init; }

    public int MaxPositions { get; init; } = 512;

    public string DataType { get; init; } = "F32";

    public int Shards { get; init; } = 1;

    public int Seed { get; init; } = 1;

    public string Label { get; init; } = "plain";

    public Dictionary<string, (int[] Shape, double[] Values)> Tensors { get; } = [];

    public bool HasQkvBias => Family == "qwen2" || AttentionBias;

    public bool HasOutputBias => Family == "qwen3" && AttentionBias;

    public override string ToString() => $"{Family} {Label}";

    /// <summary>Fills <see cref="Tensors"/> and writes all files of a checkpoint.</summary>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        Fill();
        File.WriteAllText(Path.Combine(folder, "config.json"), Config().ToJsonString());
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), """{"eos_token_id": [258, 256], "do_sample": true}""");
        File.WriteAllBytes(Path.Combine(folder, "tokenizer.json"), ByteTokenizer.Create(Vocabulary));
        WriteWeights(folder);
        return folder;
    }

    private JsonObject Config()
    {
        var config = new JsonObject
        {
            ["architectures"] = new JsonArray(Family == "qwen2" ? "Qwen2ForCausalLM" : "Qwen3ForCausalLM"),
            ["model_type"] = Family,
            ["hidden_size"] = Hidden,
            ["num_hidden_layers"] = Layers,
            ["num_attention_heads"] = Heads,
            ["num_key_value_heads"] = KeyValueHeads,
            ["intermediate_size"] = Intermediate,
            ["vocab_size"] = Vocabulary,
            ["rms_norm_eps"] = Epsilon,
            ["tie_word_embeddings"] = Tied,
            ["max_position_embeddings"] = MaxPositions,
            ["hidden_act"] = "silu",
            ["use_sliding_window"] = Window is not null,
            ["sliding_window"] = Window ?? 4096,
            ["max_window_layers"] = FirstWindowLayer,
        };
        if (Family == "qwen3" || HeadDimension * Heads != Hidden)
        {
            config["head_dim"] = HeadDimension;
        }

        if (AttentionBias)
        {
            config["attention_bias"] = true;
        }

        var scaling = RopeScaling is null ? null : (JsonObject)JsonNode.Parse(RopeScaling)!;
        if (NewRopeSpelling)
        {
            scaling ??= new JsonObject { ["rope_type"] = "default" };
            scaling["rope_theta"] = Theta;
            config["rope_parameters"] = scaling;
        }
        else
        {
            config["rope_theta"] = Theta;
            config["rope_scaling"] = scaling;
        }

        return config;
    }

    private void Fill()
    {
        var random = new Random(Seed);
        var (queries, keys) = (Heads * HeadDimension, KeyValueHeads * HeadDimension);
        Add("model.embed_tokens.weight", 4 / Math.Sqrt(Hidden), Vocabulary, Hidden);
        if (!Tied)
        {
            Add("lm_head.weight", 2.4 / Math.Sqrt(Hidden), Vocabulary, Hidden);
        }

        AddNorm("model.norm.weight", Hidden);
        for (var layer = 0; layer < Layers; layer++)
        {
            var p = $"model.layers.{layer}.";
            AddNorm(p + "input_layernorm.weight", Hidden);
            AddNorm(p + "post_attention_layernorm.weight", Hidden);
            Add(p + "self_attn.q_proj.weight", 1.6 / Math.Sqrt(Hidden), queries, Hidden);
            Add(p + "self_attn.k_proj.weight", 1.6 / Math.Sqrt(Hidden), keys, Hidden);
            Add(p + "self_attn.v_proj.weight", 1.6 / Math.Sqrt(Hidden), keys, Hidden);
            Add(p + "self_attn.o_proj.weight", 1.6 / Math.Sqrt(queries), Hidden, queries);
            Add(p + "mlp.gate_proj.weight", 1.6 / Math.Sqrt(Hidden), Intermediate, Hidden);
            Add(p + "mlp.up_proj.weight", 1.6 / Math.Sqrt(Hidden), Intermediate, Hidden);
            Add(p + "mlp.down_proj.weight", 1.6 / Math.Sqrt(Intermediate), Hidden, Intermediate);
            if (Family == "qwen3")
            {
                AddNorm(p + "self_attn.q_norm.weight", HeadDimension);
                AddNorm(p + "self_attn.k_norm.weight", HeadDimension);
            }

            if (HasQkvBias)
            {
                Add(p + "self_attn.q_proj.bias", 0.7, queries);
                Add(p + "self_attn.k_proj.bias", 0.7, keys);
                Add(p + "self_attn.v_proj.bias", 0.7, keys);
            }

            if (HasOutputBias)
            {
                Add(p + "self_attn.o_proj.bias", 0.7, Hidden);
            }
        }

        void AddNorm(string name, int length) => Put(name, [length], () => 1 + (0.3 * Gauss()));

        void Add(string name, double spread, params int[] shape) => Put(name, shape, () => spread * Gauss());

        void Put(string name, int[] shape, Func<double> next)
        {
            var values = new double[shape.Aggregate(1, static (a, b) => a * b)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Round(next());
            }

            Tensors[name] = (shape, values);
        }

        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    // What the file can hold is what the reference computes with.
    private double Round(double value) => DataType switch
    {
        "F16" => (double)(Half)value,
        "BF16" => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)value) & 0xFFFF0000),
        "F32" => (float)value,
        _ => value,
    };

    private void WriteWeights(string folder)
    {
        if (Shards == 1)
        {
            WriteFile(Path.Combine(folder, "model.safetensors"), [.. Tensors.Keys]);
            return;
        }

        var map = new Dictionary<string, string>();
        foreach (var shard in Tensors.Keys.Select((name, i) => (name, i)).GroupBy(x => x.i % Shards, x => x.name))
        {
            var file = $"model-{shard.Key + 1:00000}-of-{Shards:00000}.safetensors";
            WriteFile(Path.Combine(folder, file), [.. shard]);
            foreach (var name in shard)
            {
                map.Add(name, file);
            }
        }

        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), JsonSerializer.Serialize(new { metadata = new { total_size = 0 }, weight_map = map }));
    }

    private void WriteFile(string path, string[] names)
    {
        var width = DataType switch { "F64" => 8, "F32" => 4, _ => 2 };
        var header = new Dictionary<string, object> { ["__metadata__"] = new { format = "pt" } };
        var offset = 0;
        foreach (var name in names)
        {
            var bytes = Tensors[name].Values.Length * width;
            header.Add(name, new { dtype = DataType, shape = Tensors[name].Shape, data_offsets = new[] { offset, offset + bytes } });
            offset += bytes;
        }

        using var file = File.Create(path);
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        Span<byte> buffer = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, json.Length);
        file.Write(buffer);
        file.Write(json);
        foreach (var value in names.SelectMany(name => Tensors[name].Values))
        {
            switch (DataType)
            {
                case "F64":
                    BinaryPrimitives.WriteDoubleLittleEndian(buffer, value);
                    break;
                case "F32":
                    BinaryPrimitives.WriteSingleLittleEndian(buffer, (float)value);
                    break;
                case "F16":
                    BinaryPrimitives.WriteHalfLittleEndian(buffer, (Half)value);
                    break;
                default:
                    BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16));
                    break;
            }

            file.Write(buffer[..width]);
        }
    }
}
