using System.Security.Cryptography;
using System.Text.Json;

namespace EcuAgent.Qwen.Package;

/// <summary>
/// A verified model package folder: manifest, graph and tokenizer. Reading it costs one pass over the files for their hashes
/// (about one second per gigabyte).
/// </summary>
internal sealed class ModelPackage
{
    private const int MinContext = 32;
    public const int MaxContextLimit = 1 << 20;
    private const long ManifestBytesLimit = 1 << 20;

    public ModelPackage(string directory, ModelManifest manifest, PromptStyle style)
    {
        Directory = directory;
        Manifest = manifest;
        Style = style;
        GraphPath = Path.Combine(directory, ModelManifest.GraphFileName);
    }

    public string Directory { get; }

    public ModelManifest Manifest { get; }

    public PromptStyle Style { get; }

    public PackageLayout Layout { get; init; } = PackageLayout.Native;

    /// <summary>Names of the graph's tensors.</summary>
    public GraphNames Names { get; init; } = GraphNames.Default;

    public string GraphPath { get; init; }

    /// <summary>End tokens beside those that the manifest names by their text.</summary>
    public IReadOnlyList<int> MoreEosIds { get; init; } = [];

    /// <summary>The prior of the first call, where the manifest names one; only a compact model knows its tools beforehand.</summary>
    public string? PriorPath => Style == PromptStyle.Compact && Manifest.Files.ContainsKey(ModelManifest.PriorFileName) ? Path.Combine(Directory, ModelManifest.PriorFileName) : null;

    public string TokenizerPath => Path.Combine(Directory, ModelManifest.TokenizerFileName);

    /// <summary>Reads and verifies a package.</summary>
    /// <exception cref="QwenModelException">Anything is missing, damaged, unknown or contradicting.</exception>
    public static ModelPackage Open(string directory, bool verifyHashes = true)
    {
        if (!System.IO.Directory.Exists(directory))
        {
            throw new QwenModelException(QwenModelError.Missing, directory, "the model package folder does not exist");
        }

        var manifestPath = Path.Combine(directory, ModelManifest.FileName);
        var manifest = ReadManifest(manifestPath);
        var style = Check(manifest, manifestPath);
        foreach (var (name, expected) in manifest.Files)
        {
            VerifyFile(directory, manifestPath, name, expected, verifyHashes);
        }

        return new ModelPackage(directory, manifest, style);
    }

    private static ModelManifest ReadManifest(string path)
    {
        if (!File.Exists(path))
        {
            throw new QwenModelException(QwenModelError.Missing, path, "the package has no manifest");
        }

        if (new FileInfo(path).Length > ManifestBytesLimit)
        {
            throw new QwenModelException(QwenModelError.Damaged, path, $"larger than {ManifestBytesLimit} bytes");
        }

        try
        {
            return ModelManifest.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            throw new QwenModelException(QwenModelError.Damaged, path, $"not a manifest: {e.Message}", e);
        }
    }

    private static PromptStyle Check(ModelManifest manifest, string path)
    {
        Require(manifest.Format == ModelManifest.CurrentFormat, $"format '{manifest.Format}', expected '{ModelManifest.CurrentFormat}'");
        Require(manifest.Architecture is "qwen2" or "qwen3", $"architecture '{manifest.Architecture}', expected 'qwen2' or 'qwen3'");
        PromptStyle style = manifest.PromptStyle switch
        {
            "compact" => PromptStyle.Compact,
            "qwen" => PromptStyle.Qwen,
            _ => throw new QwenModelException(QwenModelError.Unsupported, path, $"promptStyle '{manifest.PromptStyle}', expected 'compact' or 'qwen'"),
        };
        Require(style == PromptStyle.Qwen || manifest.CatalogueSha256 is { Length: 64 }, "promptStyle 'compact' without a catalogueSha256 of 64 digits");

        if (manifest.Config.FirstFault() is { } fault)
        {
            throw new QwenModelException(QwenModelError.Inconsistent, path, $"config: {fault}");
        }

        if (manifest.MaxContext is < MinContext or > MaxContextLimit)
        {
            throw new QwenModelException(QwenModelError.Inconsistent, path, $"maxContext {manifest.MaxContext}, expected {MinContext} to {MaxContextLimit}");
        }

        if (manifest.EosTokens.Length == 0)
        {
            throw new QwenModelException(QwenModelError.Inconsistent, path, "eosTokens is empty");
        }

        foreach (var name in (string[])[ModelManifest.GraphFileName, ModelManifest.TokenizerFileName])
        {
            if (!manifest.Files.ContainsKey(name))
            {
                throw new QwenModelException(QwenModelError.Inconsistent, path, $"files does not name '{name}'");
            }
        }

        return style;

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new QwenModelException(QwenModelError.Unsupported, path, message);
            }
        }
    }

    private static void VerifyFile(string directory, string manifestPath, string name, string expected, bool verifyHash)
    {
        // A manifest must not make us read outside the package.
        if (name.Length == 0 || name != Path.GetFileName(name) || name is "." or "..")
        {
            throw new QwenModelException(QwenModelError.Inconsistent, manifestPath, $"files names '{name}', expected a plain file name");
        }

        var path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            throw new QwenModelException(QwenModelError.Missing, path, "named by the manifest, but the file does not exist");
        }

        if (!verifyHash)
        {
            return;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var found = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (found != expected)
        {
            throw new QwenModelException(QwenModelError.HashMismatch, path, $"SHA-256 {found}, the manifest says {expected}");
        }
    }
}
