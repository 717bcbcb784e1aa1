namespace EcuAgent.Qwen.Package;

/// <summary>A folder as Hugging Face's onnx-community publishes it: config.json, tokenizer.json and one or more graphs in onnx/.</summary>
internal static class HuggingFaceFolder
{
    public const string ConfigFileName = "config.json";
    private const string GraphFolder = "onnx";

    /// <summary>Which graph is taken when none is named: small and fast on a CPU first.</summary>
    public static readonly IReadOnlyList<string> Preferred =
        ["model_q4.onnx", "model_quantized.onnx", "model_int8.onnx", "model_q4f16.onnx", "model_uint8.onnx", "model_bnb4.onnx", "model.onnx", "model_fp16.onnx"];

    public static ModelPackage Open(string directory, string? graphFile)
    {
        using var file = new JsonFile(Path.Combine(directory, ConfigFileName));
        var architecture = ForeignModel.Architecture(file, "model_type");
        var (hidden, heads) = (file.Int("hidden_size"), file.Int("num_attention_heads"));
        var config = new ModelConfig
        {
            HiddenSize = hidden,
            LayerCount = file.Int("num_hidden_layers"),
            HeadCount = heads,
            KeyValueHeadCount = file.OptionalInt("num_key_value_heads") ?? heads,
            HeadDimension = file.OptionalInt("head_dim") ?? (architecture == "qwen3" ? 128 : hidden / heads),
            IntermediateSize = file.Int("intermediate_size"),
            VocabularySize = file.Int("vocab_size"),
            RopeTheta = file.Number("rope_theta") ?? file.Number("rope_parameters.rope_theta") ?? 10_000,
            RmsNormEpsilon = file.Number("rms_norm_eps") ?? 1e-6,
            TiedEmbeddings = file.Flag("tie_word_embeddings"),
        };
        return ForeignModel.Package(
            directory, PackageLayout.HuggingFace, file, architecture, config, file.OptionalInt("max_position_embeddings") ?? 32768, FindGraph(directory, graphFile), GraphNames.Default, file.Ints("eos_token_id"));
    }

    private static string FindGraph(string directory, string? graphFile)
    {
        if (graphFile is not null)
        {
            var named = ((string[])[Path.Combine(directory, graphFile), Path.Combine(directory, GraphFolder, graphFile)]).FirstOrDefault(File.Exists);
            return named ?? throw new QwenModelException(
                QwenModelError.Missing, Path.Combine(directory, graphFile), $"the graph asked for by option does not exist; the folder has {string.Join(", ", Graphs(directory))}");
        }

        var found = Graphs(directory).ToList();
        var first = Preferred.SelectMany(name => found.Where(path => Path.GetFileName(path) == name)).FirstOrDefault();
        return first is not null ? Path.Combine(directory, first)
            : found.Count == 1 ? Path.Combine(directory, found[0])
            : throw new QwenModelException(
                QwenModelError.Missing,
                Path.Combine(directory, GraphFolder),
                found.Count == 0 ? "no *.onnx file there" : $"which graph to take is not clear ({string.Join(", ", found)}); name one by option {nameof(QwenOptions.GraphFile)}");
    }

    private static IEnumerable<string> Graphs(string directory) => ((string[])[Path.Combine(directory, GraphFolder), directory])
        .Where(Directory.Exists)
        .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.onnx"))
        .Select(path => Path.GetRelativePath(directory, path))
        .Order(StringComparer.Ordinal);
}
