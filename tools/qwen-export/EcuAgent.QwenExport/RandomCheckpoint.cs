using System.Buffers.Binary;
using System.Text.Json;

namespace EcuAgent.QwenExport;

/// <summary>
/// Writes a checkpoint of random bfloat16 weights in Hugging Face's layout, tensor by tensor. Sizes of the numbers are such that
/// activations stay near one; the model says nothing sensible.
/// </summary>
internal static class RandomCheckpoint
{
    private const int ElementsAtATime = 1 << 16;

    public static void Write(DecoderShape shape, string folder, int seed, string? tokenizerPath)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, CheckpointConfig.FileName), Config(shape));
        File.WriteAllText(Path.Combine(folder, GenerationConfig.FileName), """{ "eos_token_id": [] }""" + "\n");
        var tokenizer = Path.Combine(folder, "tokenizer.json");
        if (tokenizerPath is null)
        {
            File.WriteAllBytes(tokenizer, ByteTokenizer.Create(shape.Vocabulary));
        }
        else
        {
            File.Copy(tokenizerPath, tokenizer, overwrite: true);
        }

        WriteWeights(shape, Path.Combine(folder, "model.safetensors"), (ulong)seed);
    }

    private static byte[] Config(DecoderShape shape) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["architectures"] = new[] { shape.Family == "qwen2" ? "Qwen2ForCausalLM" : "Qwen3ForCausalLM" },
        ["model_type"] = shape.Family,
        ["hidden_size"] = shape.Hidden,
        ["num_hidden_layers"] = shape.Layers,
        ["num_attention_heads"] = shape.Heads,
        ["num_key_value_heads"] = shape.KeyValueHeads,
        ["head_dim"] = shape.HeadDimension,
        ["intermediate_size"] = shape.Intermediate,
        ["vocab_size"] = shape.Vocabulary,
        ["max_position_embeddings"] = shape.MaxPositions,
        ["rope_theta"] = shape.Rope.Theta,
        ["rms_norm_eps"] = shape.Epsilon,
        ["tie_word_embeddings"] = shape.Tied,
        ["hidden_act"] = "silu",
        ["torch_dtype"] = "bfloat16",
    });

    private static void WriteWeights(DecoderShape shape, string path, ulong seed)
    {
        var header = new Dictionary<string, object>();
        var offset = 0L;
        foreach (var (name, dimensions) in DecoderTensors.Of(shape))
        {
            var bytes = 2 * dimensions.Aggregate(1L, static (a, b) => a * b);
            header.Add(name, new { dtype = "BF16", shape = dimensions, data_offsets = new[] { offset, offset + bytes } });
            offset += bytes;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        file.Write(length);
        file.Write(json);
        var state = (seed * 0x9E3779B97F4A7C15) | 1;
        var buffer = new byte[2 * ElementsAtATime];
        foreach (var (name, dimensions) in DecoderTensors.Of(shape))
        {
            var isNorm = name.EndsWith("norm.weight", StringComparison.Ordinal);
            var (middle, spread) = isNorm ? (1f, 0.1f) : (0f, (float)Math.Sqrt(3.0 / (dimensions.Length == 2 ? dimensions[1] : 1 << 10)));
            for (var left = dimensions.Aggregate(1L, static (a, b) => a * b); left > 0;)
            {
                var count = (int)Math.Min(left, ElementsAtATime);
                Fill(buffer.AsSpan(0, 2 * count), middle, spread, ref state);
                file.Write(buffer, 0, 2 * count);
                left -= count;
            }
        }
    }

    // Uniform in middle ± spread; xorshift64, because a billion numbers should not take minutes.
    private static void Fill(Span<byte> target, float middle, float spread, ref ulong state)
    {
        var x = state;
        for (var i = 0; i < target.Length; i += 2)
        {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            var value = middle + (spread * ((int)(x >> 40) - (1 << 23)) / (1 << 23));
            BinaryPrimitives.WriteUInt16LittleEndian(target[i..], (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
        }

        state = x;
    }
}
