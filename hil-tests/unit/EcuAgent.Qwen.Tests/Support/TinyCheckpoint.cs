using System.Buffers.Binary;
using System.Text.Json;

namespace EcuAgent.Qwen.Tests.Support;

/// <summary>A random-weight Qwen3 in Hugging Face's layout, written by the tests' own safetensors writer.</summary>
internal sealed record TinyCheckpoint
{
    public int Hidden { get; init; } = 64;

    public int Layers { get; init; } = 2;

    public int Heads { get; init; } = 4;

    public int KeyValueHeads { get; init; } = 2;

    public int HeadDimension { get; init; } = 16;

    public int Intermediate { get; init; } = 96;

    public int Vocabulary { get; init; } = TinyTokenizer.Size + 5;

    public bool Tied { get; init; } = true;

    public double RopeTheta { get; init; } = 10_000;

    public double Epsilon { get; init; } = 1e-6;

    public string DataType { get; init; } = "F32";

    public int Shards { get; init; } = 1;

    public int Seed { get; init; } = 1;

    public Dictionary<string, (long[] Shape, float[] Values)> Tensors { get; } = [];

    /// <summary>Fills <see cref="Tensors"/> and writes config.json, tokenizer.json and the weights.</summary>
    public TinyCheckpoint Write(string folder)
    {
        Fill();
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["model_type"] = "qwen3",
            ["hidden_size"] = Hidden,
            ["num_hidden_layers"] = Layers,
            ["num_attention_heads"] = Heads,
            ["num_key_value_heads"] = KeyValueHeads,
            ["head_dim"] = HeadDimension,
            ["intermediate_size"] = Intermediate,
            ["vocab_size"] = Vocabulary,
            ["rope_theta"] = RopeTheta,
            ["rms_norm_eps"] = Epsilon,
            ["tie_word_embeddings"] = Tied,
            ["max_position_embeddings"] = 4096,
            ["hidden_act"] = "silu",
        }));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), TinyTokenizer.Json);
        WriteWeights(folder);
        return this;
    }

    private void Fill()
    {
        var random = new Random(Seed);
        Matrix("model.embed_tokens.weight", Vocabulary, Hidden, 1);
        if (!Tied)
        {
            Matrix("lm_head.weight", Vocabulary, Hidden, 0.3);
        }

        Norm("model.norm.weight", Hidden);
        for (var l = 0; l < Layers; l++)
        {
            var p = $"model.layers.{l}.";
            Norm(p + "input_layernorm.weight", Hidden);
            Norm(p + "post_attention_layernorm.weight", Hidden);
            Norm(p + "self_attn.q_norm.weight", HeadDimension);
            Norm(p + "self_attn.k_norm.weight", HeadDimension);
            Matrix(p + "self_attn.q_proj.weight", Heads * HeadDimension, Hidden, 0.2);
            Matrix(p + "self_attn.k_proj.weight", KeyValueHeads * HeadDimension, Hidden, 0.2);
            Matrix(p + "self_attn.v_proj.weight", KeyValueHeads * HeadDimension, Hidden, 0.2);
            Matrix(p + "self_attn.o_proj.weight", Hidden, Heads * HeadDimension, 0.2);
            Matrix(p + "mlp.gate_proj.weight", Intermediate, Hidden, 0.2);
            Matrix(p + "mlp.up_proj.weight", Intermediate, Hidden, 0.2);
            Matrix(p + "mlp.down_proj.weight", Hidden, Intermediate, 0.2);
        }

        void Norm(string name, int length) => Add(name, [length], _ => 1 + (0.3 * Gauss()));

        void Matrix(string name, int rows, int columns, double scale) => Add(name, [rows, columns], _ => scale * Gauss());

        void Add(string name, long[] shape, Func<int, double> value) =>
            Tensors[name] = (shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, static (a, b) => a * b)).Select(i => Round((float)value(i)))]);

        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    // What the file can hold is what the reference computes with.
    private float Round(float value) => DataType switch
    {
        "F16" => (float)(Half)value,
        "BF16" => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000),
        _ => value,
    };

    private void WriteWeights(string folder)
    {
        if (Shards == 1)
        {
            WriteFile(Path.Combine(folder, "model.safetensors"), Tensors.Keys);
            return;
        }

        var map = new Dictionary<string, string>();
        foreach (var shard in Tensors.Keys.Select((name, i) => (name, i)).GroupBy(x => x.i % Shards, x => x.name))
        {
            var file = $"model-{shard.Key + 1:00000}-of-{Shards:00000}.safetensors";
            WriteFile(Path.Combine(folder, file), shard);
            foreach (var name in shard)
            {
                map.Add(name, file);
            }
        }

        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), JsonSerializer.Serialize(new { weight_map = map }));
    }

    private void WriteFile(string path, IEnumerable<string> names)
    {
        var width = DataType == "F32" ? 4 : 2;
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
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        file.Write(length);
        file.Write(json);
        Span<byte> element = stackalloc byte[4];
        foreach (var name in names)
        {
            foreach (var value in Tensors[name].Values)
            {
                switch (DataType)
                {
                    case "F32":
                        BinaryPrimitives.WriteSingleLittleEndian(element, value);
                        break;
                    case "F16":
                        BinaryPrimitives.WriteHalfLittleEndian(element, (Half)value);
                        break;
                    default:
                        BinaryPrimitives.WriteUInt16LittleEndian(element, (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
                        break;
                }

                file.Write(element[..width]);
            }
        }
    }
}
