using System.Globalization;
using System.Text.Json;

namespace EcuAgent.QwenExport;

/// <summary>Reads config.json of a Hugging Face folder. Whatever would change the numbers and is not written by us is refused by name.</summary>
internal static class CheckpointConfig
{
    public const string FileName = "config.json";
    private const int DefaultMaxPositions = 32_768;
    private const int DefaultQwen3HeadDimension = 128;

    /// <exception cref="ExportException">Missing, damaged, or a model that this tool does not write.</exception>
    public static DecoderShape Read(string directory)
    {
        var file = ConfigFile.Read(Path.Combine(directory, FileName));
        var family = file.OptionalText("model_type");
        if (family is not ("qwen2" or "qwen3"))
        {
            throw new ExportException($"{file.Path}: model_type '{family}' is not supported, expected 'qwen2' (Qwen2, Qwen2.5) or 'qwen3', dense");
        }

        Refuse(file, "hidden_act", static v => v.ValueKind == JsonValueKind.String && v.GetString() != "silu", "\"silu\"");
        Refuse(file, "quantization_config", static v => v.ValueKind == JsonValueKind.Object, "an unquantized checkpoint");
        Refuse(file, "partial_rotary_factor", static v => v.ValueKind == JsonValueKind.Number && v.GetDouble() != 1, "1");

        var (hidden, layers, heads) = (file.Int("hidden_size"), file.Int("num_hidden_layers"), file.Int("num_attention_heads"));
        if (hidden < 1 || layers is < 1 or > 1024 || heads < 1)
        {
            throw new ExportException($"{file.Path}: hidden_size = {hidden}, num_hidden_layers = {layers}, num_attention_heads = {heads}, expected positive numbers");
        }

        var headDimension = file.OptionalInt("head_dim") ?? (family == "qwen3" ? DefaultQwen3HeadDimension : EvenShare(file, hidden, heads));
        if (headDimension < 2 || headDimension % 2 != 0)
        {
            throw new ExportException($"{file.Path}: head_dim = {headDimension}, expected an even number of 2 or more");
        }

        var positions = file.OptionalInt("max_position_embeddings") ?? DefaultMaxPositions;
        var rope = RopeReader.Read(file, positions);
        var attentionBias = file.OptionalBool("attention_bias") ?? false;
        var shape = new DecoderShape
        {
            Family = family,
            Hidden = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = file.OptionalInt("num_key_value_heads") ?? heads,
            HeadDimension = headDimension,
            Intermediate = file.Int("intermediate_size"),
            Vocabulary = file.Int("vocab_size"),
            Epsilon = file.OptionalDouble("rms_norm_eps") ?? 1e-6,
            Tied = file.OptionalBool("tie_word_embeddings") ?? false,
            // Qwen2 has biases on queries, keys and values, whatever its file says; Qwen3 has them on all four or on none.
            HasQkvBias = family == "qwen2" || attentionBias,
            HasOutputBias = family == "qwen3" && attentionBias,
            Rope = rope,
            Windows = Windows(file, layers),
            // A stretched model may use what its scaling reaches, even where max_position_embeddings still names the original length.
            MaxPositions = rope.Kind == "yarn" ? Math.Max(positions, (int)Math.Min(rope.OriginalPositions * rope.Factor, 1 << 20)) : positions,
        };
        return shape.ToModelConfig().FirstFault() is { } fault ? throw new ExportException($"{file.Path}: {fault}") : shape;
    }

    private static int EvenShare(ConfigFile file, int hidden, int heads) =>
        hidden % heads == 0
            ? hidden / heads
            : throw new ExportException($"{file.Path}: hidden_size = {hidden}, expected a multiple of num_attention_heads = {heads} (there is no head_dim)");

    // Newer files name each layer's kind; older ones give the first layer that has a window.
    private static int[] Windows(ConfigFile file, int layers)
    {
        var windows = new int[layers];
        Array.Fill(windows, -1);
        if (file.OptionalBool("use_sliding_window") is not true || file.OptionalInt("sliding_window") is not { } window)
        {
            return windows;
        }

        if (window < 1)
        {
            throw new ExportException($"{file.Path}: sliding_window = {window}, expected 1 or more");
        }

        var kinds = file.Find("layer_types") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(static k => k.ToString()).ToArray() : null;
        if (kinds is not null && kinds.Length != layers)
        {
            throw new ExportException($"{file.Path}: layer_types has {kinds.Length} entries, expected {layers}");
        }

        var first = file.OptionalInt("max_window_layers") ?? 28;
        for (var layer = 0; layer < layers; layer++)
        {
            var slides = kinds?[layer] switch
            {
                null => layer >= first,
                "sliding_attention" => true,
                "full_attention" => false,
                var other => throw new ExportException(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: layer_types[{layer}] = \"{other}\", expected \"full_attention\" or \"sliding_attention\"")),
            };
            windows[layer] = slides ? window : -1;
        }

        return windows;
    }

    private static void Refuse(ConfigFile file, string name, Func<JsonElement, bool> isUnsupported, string expected)
    {
        if (file.Find(name) is { } value && isUnsupported(value))
        {
            throw new ExportException($"{file.Path}: {name} = {value.GetRawText()} is not supported, expected {expected}");
        }
    }
}
