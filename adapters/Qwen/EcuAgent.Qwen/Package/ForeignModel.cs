namespace EcuAgent.Qwen.Package;

/// <summary>What folders of other exporters have in common, turned into the package that the runtime knows.</summary>
internal static class ForeignModel
{
    /// <summary>Positions set aside when neither option nor folder asks for less: our catalogue's schemas take about 4,500 tokens.</summary>
    public const int UsualContext = 5120;

    private const string GenerationConfig = "generation_config.json";

    /// <summary>"qwen2" or "qwen3".</summary>
    public static string Architecture(JsonFile file, string path) => file.Text(path) switch
    {
        "qwen2" => "qwen2",
        "qwen3" => "qwen3",
        var other => throw file.Fault(QwenModelError.Unsupported, path, $"= '{other}', expected 'qwen2' or 'qwen3'"),
    };

    /// <summary>Makes the package; checks the shape's numbers, the tokenizer and the graph's file.</summary>
    public static ModelPackage Package(string directory, PackageLayout layout, JsonFile file, string architecture, ModelConfig config, int maxPositions, string graphPath, GraphNames names, IEnumerable<int> eosIds)
    {
        if (config.FirstFault() is { } fault)
        {
            throw new QwenModelException(QwenModelError.Inconsistent, file.FullPath, fault);
        }

        foreach (var path in (string[])[graphPath, Path.Combine(directory, ModelManifest.TokenizerFileName)])
        {
            if (!File.Exists(path))
            {
                throw new QwenModelException(QwenModelError.Missing, path, $"the file does not exist, but {Path.GetFileName(file.FullPath)} describes a model with it");
            }
        }

        var manifest = new ModelManifest
        {
            Format = layout.ToString(),
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))),
            Architecture = architecture,
            PromptStyle = "qwen",
            WeightBits = 0,
            MaxContext = Math.Min(maxPositions, ModelPackage.MaxContextLimit),
            EosTokens = ["<|im_end|>"],
            Config = config,
            Files = [],
        };
        return new ModelPackage(directory, manifest, PromptStyle.Qwen)
        {
            Layout = layout,
            GraphPath = graphPath,
            Names = names,
            MoreEosIds = [.. eosIds.Concat(GenerationEosIds(directory)).Distinct()],
        };
    }

    private static IEnumerable<int> GenerationEosIds(string directory)
    {
        var path = Path.Combine(directory, GenerationConfig);
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new JsonFile(path);
        return file.Ints("eos_token_id");
    }
}
