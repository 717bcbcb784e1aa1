using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Tokenization;
using EcuAgent.QwenExport.Onnx;

namespace EcuAgent.QwenExport;

/// <summary>Turns a checkpoint folder into a model package. The package appears whole or not at all.</summary>
internal static class Exporter
{
    private const string DataFileName = "model.onnx.data";
    private const string ScratchFileName = ".weights";
    private const int CompactContext = 512;

    // What the runtime takes at least.
    private const int MinContext = 32;

    // Room for a catalogue of three dozen tools (about 4,500 tokens of schemas) and the answer.
    private const int QwenContext = 5120;

    // protobuf cannot hold more in one file; a margin for everything but the weights.
    private const long LargestInlineBytes = (2L << 30) - (64L << 20);

    /// <summary>Exports, then returns what was written. Where it writes, and a table of the tensors, go to <paramref name="report"/>.</summary>
    /// <exception cref="ExportException">The checkpoint or the settings cannot be used.</exception>
    public static ExportResult Export(ExportSettings settings, Action<string> report)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var shape = CheckpointConfig.Read(settings.CheckpointDirectory);
        var fingerprint = Fingerprint(settings);
        var context = Context(settings, shape);
        var tokenizer = Path.Combine(settings.CheckpointDirectory, ModelManifest.TokenizerFileName);
        var endTokens = GenerationConfig.EndTokens(settings.CheckpointDirectory);
        RequireTokenizer(tokenizer, shape, endTokens);
        using var checkpoint = new Checkpoint(settings.CheckpointDirectory);
        var plan = settings.Plan(DecoderTensors.HeadOf(shape));
        var remarks = Remarks(checkpoint, shape, plan);

        using var staged = new StagedFolder(settings.OutputDirectory);
        report($"writing {staged.Path}");
        var graphSettings = new GraphSettings(context, settings.AllLogits, settings.ReducedHead) { FloatActivations = settings.FloatActivations };
        var tensors = WriteGraph(settings, checkpoint, shape, plan, graphSettings, staged.Path);
        File.Copy(tokenizer, Path.Combine(staged.Path, ModelManifest.TokenizerFileName));
        var manifest = new ModelManifest
        {
            Format = ModelManifest.CurrentFormat,
            Name = settings.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.CheckpointDirectory))),
            Architecture = shape.Family,
            PromptStyle = settings.PromptStyle,
            WeightBits = tensors.Where(static t => t.Shape.Length > 1).GroupBy(static t => t.Bits).MaxBy(static g => g.Sum(static t => t.Bytes))!.Key,
            MaxContext = context,
            EosTokens = endTokens,
            CatalogueSha256 = fingerprint,
            Config = shape.ToModelConfig(),
            Files = HashFiles(staged.Path),
        };
        var result = new ExportReport(manifest.Name, shape.Family, tensors, remarks);
        var written = WithGraphFacts(manifest, settings, result);
        var isRun = settings.Check ?? FitsCheck(checkpoint, result);
        if (isRun)
        {
            GraphCheck.Run(Path.Combine(staged.Path, ModelManifest.GraphFileName), shape, graphSettings);
        }

        File.WriteAllBytes(Path.Combine(staged.Path, ModelManifest.FileName), written);
        RequireReadable(staged.Path);
        WriteReport(settings.ReportPath, result);
        staged.Commit(ModelManifest.FileName, [DataFileName]);
        report(result.ToTable());
        return new ExportResult(manifest, result, isRun);
    }

    private static int Context(ExportSettings settings, DecoderShape shape)
    {
        var context = settings.MaxContext == 0
            ? Math.Min(settings.PromptStyle == "compact" ? CompactContext : QwenContext, shape.MaxPositions)
            : settings.MaxContext;
        if (context > shape.MaxPositions)
        {
            throw new ExportException($"{settings.CheckpointDirectory}/{CheckpointConfig.FileName}: max_position_embeddings = {shape.MaxPositions}, less than the {context} positions asked for");
        }

        return context >= MinContext
            ? context
            : throw new ExportException($"context of {context} positions, expected {MinContext} to {shape.MaxPositions} (--max-context, max_position_embeddings)");
    }

    private static void RequireTokenizer(string path, DecoderShape shape, string[] endTokens)
    {
        try
        {
            _ = QwenTokenizer.Load(path, shape.Vocabulary, endTokens);
        }
        catch (Qwen.QwenModelException e)
        {
            throw new ExportException(e.Message, e);
        }
    }

    // A package that the runtime would refuse is no result.
    private static void RequireReadable(string folder)
    {
        try
        {
            _ = ModelPackage.Open(folder, verifyHashes: false);
        }
        catch (Qwen.QwenModelException e)
        {
            throw new ExportException(e.Message, e);
        }
    }

    // Tensors that nobody asked for are either a sign of another architecture or left over; biases would change the numbers.
    private static List<string> Remarks(Checkpoint checkpoint, DecoderShape shape, BitPlan plan)
    {
        var known = DecoderTensors.Of(shape).Select(static t => t.Name).ToHashSet(StringComparer.Ordinal);
        if (plan.FirstIdleRule(known) is { } rule)
        {
            throw new ExportException($"--tensor '{rule.Pattern}={rule.Bits}' matches no tensor of this model");
        }

        var unused = checkpoint.Tensors.Where(t => !known.Contains(t.Key)).OrderBy(static t => t.Key, StringComparer.Ordinal).ToArray();
        foreach (var (name, entry) in unused)
        {
            if (name.StartsWith("model.", StringComparison.Ordinal) && !name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal))
            {
                throw new ExportException($"{entry.File}: tensor '{name}' {entry.ShapeText} is not part of a {shape.Family} decoder of {shape.Layers} layers");
            }
        }

        return [.. unused.Select(static t => $"not used: {t.Key} {t.Value.ShapeText}")];
    }

    private static IReadOnlyList<TensorReport> WriteGraph(
        ExportSettings settings, Checkpoint checkpoint, DecoderShape shape, BitPlan plan, GraphSettings graphSettings, string folder)
    {
        var bytes = EstimatedBytes(shape, plan);
        var isExternal = bytes > Math.Min(settings.InlineLimitBytes, LargestInlineBytes);
        using var store = new TensorStore(Path.Combine(folder, isExternal ? DataFileName : ScratchFileName), isExternal);
        var weights = new WeightStore(checkpoint, store, plan);
        var graphPath = Path.Combine(folder, ModelManifest.GraphFileName);
        Write(graphSettings);
        if (settings.CacheBits == 8)
        {
            store.Flush();
            Write(graphSettings with { CacheScales = CacheCalibration.Measure(graphPath, shape, settings, graphSettings.MaxContext) });
        }

        store.Flush();
        return weights.Reports;

        void Write(GraphSettings what)
        {
            using var graph = new OnnxGraphWriter(store);
            new DecoderGraphBuilder(shape, what, graph, weights).Build();
            graph.Save(graphPath, shape.Family);
        }
    }

    // Upper bound: a matrix left to the error bound counts with all its bits.
    private static long EstimatedBytes(DecoderShape shape, BitPlan plan)
    {
        const double ScaleBits = 32.0 / BlockQuantizer.BlockSize;
        var bits = 0.0;
        foreach (var (name, dimensions) in DecoderTensors.Of(shape))
        {
            var elements = dimensions.Aggregate(1.0, static (a, b) => a * b);
            var one = dimensions.Length < 2 ? 32 : plan.Candidates(name)[^1];
            bits += elements * (one + (one < 16 ? ScaleBits : 0));
        }

        return (long)(bits / 8);
    }

    // Loading costs about twice the package. It is done unasked where that stays within what an export may take: three times the
    // largest tensor, or what any .NET program with a tokenizer takes.
    private static bool FitsCheck(Checkpoint checkpoint, ExportReport result) =>
        2 * result.Bytes <= Math.Max(3 * checkpoint.LargestTensorBytes, 256L << 20);

    private static byte[] WithGraphFacts(ModelManifest manifest, ExportSettings settings, ExportReport result)
    {
        var json = (JsonObject)JsonNode.Parse(manifest.ToUtf8())!;
        json["kvBits"] = settings.CacheBits;
        json["headTokens"] = settings.ReducedHead;
        json["allLogits"] = settings.AllLogits;
        json["bytesByBits"] = new JsonObject(result.BytesByBits.Select(static b => KeyValuePair.Create<string, JsonNode?>(b.Key, b.Value)));
        json["relativeError"] = double.Parse(result.TotalRelativeError.ToString("0.000000", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return [.. JsonSerializer.SerializeToUtf8Bytes(json, ManifestJson), (byte)'\n'];
    }

    private static readonly JsonSerializerOptions ManifestJson = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static void WriteReport(string? path, ExportReport result)
    {
        if (path is not null)
        {
            var partial = $"{path}.partial";
            File.WriteAllBytes(partial, result.ToJson());
            File.Move(partial, path, overwrite: true);
        }
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
