using System.Security.Cryptography;
using System.Text.Json;
using EcuAgent.Qwen.Package;
using EcuAgent.QwenExport.Onnx;

namespace EcuAgent.QwenExport;

/// <summary>Turns a checkpoint folder into a model package.</summary>
internal static class Exporter
{
    private const string DataFileName = "model.onnx.data";
    private const int CompactContext = 512;
    // Room for a catalogue of three dozen tools (about 4,500 tokens of schemas) and the answer.
    private const int QwenContext = 5120;

    // Below this the weights stand inside model.onnx, so that a small model is one file.
    private const long InlineWeightBytes = 256L << 20;

    /// <summary>Exports, then returns the manifest written. Lines about tensors go to <paramref name="report"/>.</summary>
    /// <exception cref="ExportException">The checkpoint or the settings cannot be used.</exception>
    public static ModelManifest Export(ExportSettings settings, Action<string> report)
    {
        var (config, maxPositions) = CheckpointConfig.Read(settings.CheckpointDirectory);
        var fingerprint = Fingerprint(settings);
        var context = settings.MaxContext > 0 ? settings.MaxContext : settings.PromptStyle == "compact" ? CompactContext : QwenContext;
        if (context > maxPositions)
        {
            if (settings.MaxContext > 0)
            {
                throw new ExportException($"{settings.CheckpointDirectory}/config.json: max_position_embeddings = {maxPositions}, less than the {context} positions asked for");
            }

            context = maxPositions;
        }

        var tokenizer = Path.Combine(settings.CheckpointDirectory, ModelManifest.TokenizerFileName);
        if (!File.Exists(tokenizer))
        {
            throw new ExportException($"{tokenizer}: the file does not exist");
        }

        Directory.CreateDirectory(settings.OutputDirectory);
        foreach (var name in (string[])[ModelManifest.GraphFileName, DataFileName, ModelManifest.FileName])
        {
            File.Delete(Path.Combine(settings.OutputDirectory, name));
        }

        WriteGraph(settings, config, context, report);
        File.Copy(tokenizer, Path.Combine(settings.OutputDirectory, ModelManifest.TokenizerFileName), overwrite: true);
        var manifest = new ModelManifest
        {
            Format = ModelManifest.CurrentFormat,
            Name = settings.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.CheckpointDirectory))),
            Architecture = "qwen3",
            PromptStyle = settings.PromptStyle,
            WeightBits = settings.Bits,
            MaxContext = context,
            EosTokens = ["<|im_end|>"],
            CatalogueSha256 = fingerprint,
            Config = config,
            Files = HashFiles(settings.OutputDirectory),
        };
        File.WriteAllBytes(Path.Combine(settings.OutputDirectory, ModelManifest.FileName), manifest.ToUtf8());
        return manifest;
    }

    private static void WriteGraph(ExportSettings settings, ModelConfig config, int context, Action<string> report)
    {
        using var checkpoint = new Checkpoint(settings.CheckpointDirectory);
        var parameters = checkpoint.Tensors.Values.Sum(static t => t.Shape.Aggregate(1L, static (a, b) => a * b));
        var external = parameters * settings.Bits / 8 > InlineWeightBytes;
        using var graph = new OnnxGraphWriter(external ? Path.Combine(settings.OutputDirectory, DataFileName) : null);
        var weights = new WeightWriter(checkpoint, graph, settings.Bits, report);
        new Qwen3GraphBuilder(config, context, graph, weights).Build();
        graph.Save(Path.Combine(settings.OutputDirectory, ModelManifest.GraphFileName));
    }

    private static string? Fingerprint(ExportSettings settings)
    {
        if (settings.CataloguePath is null)
        {
            return settings.PromptStyle == "compact"
                ? throw new ExportException("prompt style compact needs the catalogue that the model was trained on (--catalogue)")
                : null;
        }

        if (!File.Exists(settings.CataloguePath))
        {
            throw new ExportException($"{settings.CataloguePath}: the file does not exist");
        }

        try
        {
            return CatalogueFingerprint.ComputeFromCatalogue(File.ReadAllBytes(settings.CataloguePath));
        }
        catch (JsonException e)
        {
            throw new ExportException($"{settings.CataloguePath}: {e.Message}", e);
        }
    }

    private static SortedDictionary<string, string> HashFiles(string directory)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])[ModelManifest.GraphFileName, DataFileName, ModelManifest.TokenizerFileName])
        {
            var path = Path.Combine(directory, name);
            if (File.Exists(path))
            {
                using var stream = File.OpenRead(path);
                hashes.Add(name, Convert.ToHexStringLower(SHA256.HashData(stream)));
            }
        }

        return hashes;
    }
}
