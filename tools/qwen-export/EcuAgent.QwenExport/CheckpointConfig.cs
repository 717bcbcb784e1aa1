using System.Text.Json;
using EcuAgent.Qwen.Package;

namespace EcuAgent.QwenExport;

/// <summary>config.json of a Hugging Face folder, reduced to what the graph needs.</summary>
internal static class CheckpointConfig
{
    private const double DefaultRopeTheta = 10_000;

    /// <summary>Reads and checks the file; returns the shape and the model's own limit of positions.</summary>
    public static (ModelConfig Config, int MaxPositions) Read(string directory)
    {
        var path = Path.Combine(directory, "config.json");
        if (!File.Exists(path))
        {
            throw new ExportException($"{path}: the file does not exist");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(path, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new ExportException($"{path}: {e.Message}", e);
        }
    }

    private static (ModelConfig Config, int MaxPositions) Read(string path, JsonElement root)
    {
        var type = root.TryGetProperty("model_type", out var t) ? t.GetString() : null;
        if (type != "qwen3")
        {
            throw new ExportException($"{path}: model_type '{type}' is not supported, expected 'qwen3' (qwen2 models have biases that this exporter does not write yet)");
        }

        Refuse("attention_bias", static v => v.ValueKind == JsonValueKind.True);
        Refuse("use_sliding_window", static v => v.ValueKind == JsonValueKind.True);
        Refuse("rope_scaling", static v => v.ValueKind == JsonValueKind.Object && !IsDefaultRope(v));
        Refuse("hidden_act", static v => v.ValueKind == JsonValueKind.String && v.GetString() != "silu");
        Refuse("quantization_config", static v => v.ValueKind == JsonValueKind.Object);

        var hidden = Int("hidden_size");
        var heads = Int("num_attention_heads");
        var config = new ModelConfig
        {
            HiddenSize = hidden,
            LayerCount = Int("num_hidden_layers"),
            HeadCount = heads,
            KeyValueHeadCount = OptionalInt("num_key_value_heads") ?? heads,
            HeadDimension = OptionalInt("head_dim") ?? 128,
            IntermediateSize = Int("intermediate_size"),
            VocabularySize = Int("vocab_size"),
            RopeTheta = RopeTheta(),
            RmsNormEpsilon = OptionalDouble(root, "rms_norm_eps") ?? 1e-6,
            TiedEmbeddings = root.TryGetProperty("tie_word_embeddings", out var tied) && tied.GetBoolean(),
        };
        if (config.FirstFault() is { } fault)
        {
            throw new ExportException($"{path}: {fault}");
        }

        return (config, OptionalInt("max_position_embeddings") ?? 32768);

        int Int(string name) => OptionalInt(name) ?? throw new ExportException($"{path}: '{name}' is missing");

        int? OptionalInt(string name) =>
            root.TryGetProperty(name, out var v) && v.ValueKind != JsonValueKind.Null ? v.GetInt32() : null;

        // Newer checkpoints keep theta inside rope_parameters.
        double RopeTheta() =>
            OptionalDouble(root, "rope_theta")
            ?? (root.TryGetProperty("rope_parameters", out var p) && p.ValueKind == JsonValueKind.Object ? OptionalDouble(p, "rope_theta") : null)
            ?? DefaultRopeTheta;

        void Refuse(string name, Func<JsonElement, bool> isUnsupported)
        {
            if (root.TryGetProperty(name, out var v) && isUnsupported(v))
            {
                throw new ExportException($"{path}: {name} = {v.GetRawText()} is not supported");
            }
        }
    }

    private static bool IsDefaultRope(JsonElement scaling) =>
        (scaling.TryGetProperty("rope_type", out var type) || scaling.TryGetProperty("type", out type)) && type.GetString() == "default";

    private static double? OptionalDouble(JsonElement element, string name) =>
        element.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.Number ? v.GetDouble() : null;
}
