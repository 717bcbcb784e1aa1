namespace EcuAgent.Qwen.Package;

/// <summary>A folder as the model builder of ONNX Runtime GenAI writes it: genai_config.json names the graph and its tensors.</summary>
internal static class GenAiFolder
{
    public const string ConfigFileName = "genai_config.json";
    private const string Decoder = "model.decoder.";

    public static ModelPackage Open(string directory)
    {
        using var file = new JsonFile(Path.Combine(directory, ConfigFileName));
        var architecture = ForeignModel.Architecture(file, "model.type");
        var (hidden, heads) = (file.Int(Decoder + "hidden_size"), file.Int(Decoder + "num_attention_heads"));
        var config = new ModelConfig
        {
            HiddenSize = hidden,
            LayerCount = file.Int(Decoder + "num_hidden_layers"),
            HeadCount = heads,
            KeyValueHeadCount = file.OptionalInt(Decoder + "num_key_value_heads") ?? heads,
            HeadDimension = file.OptionalInt(Decoder + "head_size") ?? hidden / heads,

            // Not in this file, and the graph has them built in.
            IntermediateSize = 1,
            RopeTheta = 1,
            RmsNormEpsilon = 1e-6,
            TiedEmbeddings = false,
            VocabularySize = file.Int("model.vocab_size"),
        };
        var name = file.Text(Decoder + "filename") ?? ModelManifest.GraphFileName;
        if (name != Path.GetFileName(name) || name is "." or "..")
        {
            throw file.Fault(QwenModelError.Inconsistent, Decoder + "filename", $"= '{name}', expected a plain file name");
        }

        return ForeignModel.Package(
            directory,
            PackageLayout.GenAi,
            file,
            architecture,
            config,
            file.OptionalInt("model.context_length") ?? file.OptionalInt("search.max_length") ?? 32768,
            Path.Combine(directory, name),
            Names(file),
            file.Ints("model.eos_token_id"));
    }

    private static GraphNames Names(JsonFile file)
    {
        var usual = GraphNames.Default;
        return new GraphNames
        {
            InputIds = Input("input_ids") ?? usual.InputIds,
            AttentionMask = Input("attention_mask") ?? usual.AttentionMask,
            PositionIds = Input("position_ids") ?? usual.PositionIds,
            PastKeyPattern = Pattern("inputs.past_key_names") ?? usual.PastKeyPattern,
            PastValuePattern = Pattern("inputs.past_value_names") ?? usual.PastValuePattern,
            PresentKeyPattern = Pattern("outputs.present_key_names") ?? usual.PresentKeyPattern,
            PresentValuePattern = Pattern("outputs.present_value_names") ?? usual.PresentValuePattern,
            Logits = file.Text(Decoder + "outputs.logits") ?? usual.Logits,
        };

        string? Input(string name) => file.Text(Decoder + "inputs." + name);

        string? Pattern(string name) => file.Text(Decoder + name) is not { } pattern ? null
            : pattern.Contains("%d", StringComparison.Ordinal) ? pattern
            : throw file.Fault(QwenModelError.Damaged, Decoder + name, $"= '{pattern}', expected a name with %d for the layer");
    }
}
