using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>Reads and checks catalogue files.</summary>
internal static class CatalogueLoader
{
    private const string EmbeddedName = "catalogue.json";
    private const long MaxBytes = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The catalogue that comes with the program.</summary>
    public static CatalogueFile LoadEmbedded()
    {
        using var stream = typeof(CatalogueLoader).Assembly.GetManifestResourceStream(EmbeddedName)
            ?? throw new InvalidDataException($"{EmbeddedName}: is not in the program");
        return Read(EmbeddedName, stream);
    }

    /// <exception cref="InvalidDataException">The file breaks a rule: names file, field and value.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static CatalogueFile Load(string path)
    {
        using var stream = File.OpenRead(path);
        return stream.Length <= MaxBytes
            ? Read(path, stream)
            : throw new InvalidDataException($"{path}: has {stream.Length} bytes; at most {MaxBytes} are read");
    }

    private static CatalogueFile Read(string name, Stream stream)
    {
        try
        {
            var file = JsonSerializer.Deserialize<CatalogueFile>(stream, Strict)
                ?? throw new InvalidDataException($"{name}: $: is null");
            new CatalogueRules(name).Check(file);
            return file;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{name}: {error.Path ?? "$"}: {error.Message}", error);
        }
    }
}
