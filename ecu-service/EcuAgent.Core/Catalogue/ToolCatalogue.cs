using System.Security.Cryptography;
using Microsoft.Extensions.AI;

namespace EcuAgent.Core.Catalogue;

/// <summary>
/// The tools that the model may propose: what is not in here cannot be asked of the car. Immutable and safe for use from
/// several threads.
/// </summary>
public sealed class ToolCatalogue
{
    /// <summary>Name of the catalogue embedded in this library.</summary>
    public const string EmbeddedResourceName = "EcuAgent.Core.Catalogue.catalogue.json";

    private readonly Dictionary<string, ToolDefinition> _byName;

    private ToolCatalogue(CatalogueContent content, string sha256, string source)
    {
        Version = content.Version;
        MaxCallsPerUtterance = content.MaxCallsPerUtterance;
        Tools = content.Tools;
        Sha256 = sha256;
        Source = source;
        _byName = content.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        AsAITools = [.. content.Tools.Select(tool => AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, tool.Schema))];
    }

    /// <summary>Version text of the file.</summary>
    public string Version { get; }

    /// <summary>Most calls that one utterance may give, 1 to 8; what the model proposes beyond is dropped and counted.</summary>
    public int MaxCallsPerUtterance { get; }

    /// <summary>All tools in the order of the file.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; }

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>File path or resource name.</summary>
    public string Source { get; }

    /// <summary>The tools as declarations for <see cref="ChatOptions.Tools"/>: name, description and JSON schema, not invocable.</summary>
    public IReadOnlyList<AIFunctionDeclaration> AsAITools { get; }

    /// <summary>Loads the catalogue that is part of this library.</summary>
    /// <exception cref="CatalogueException">The embedded file is missing or wrong, which is a build fault.</exception>
    public static ToolCatalogue LoadEmbedded()
    {
        using var stream = typeof(ToolCatalogue).Assembly.GetManifestResourceStream(EmbeddedResourceName)
            ?? throw new CatalogueException(EmbeddedResourceName, [new CatalogueFault("$", "the resource is missing")]);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes, EmbeddedResourceName);
    }

    /// <summary>Loads a catalogue file.</summary>
    /// <exception cref="CatalogueException">The file cannot be read or is wrong; all faults are named with their JSON path.</exception>
    public static ToolCatalogue LoadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CatalogueException(path, [new CatalogueFault("$", $"the file cannot be read: {exception.Message}")]);
        }
    }

    /// <summary>Reads a catalogue from UTF-8 JSON.</summary>
    /// <param name="utf8Json">The bytes of the file; the SHA-256 is taken over exactly these.</param>
    /// <param name="source">Name for messages.</param>
    /// <exception cref="CatalogueException">The text is wrong; all faults are named with their JSON path.</exception>
    public static ToolCatalogue Parse(ReadOnlyMemory<byte> utf8Json, string source)
    {
        var content = new CatalogueReader(source).Read(utf8Json);
        return new ToolCatalogue(content, Convert.ToHexStringLower(SHA256.HashData(utf8Json.Span)), source);
    }

    /// <summary>Finds a tool by its exact name.</summary>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ToolDefinition? tool) =>
        _byName.TryGetValue(name, out tool);
}
