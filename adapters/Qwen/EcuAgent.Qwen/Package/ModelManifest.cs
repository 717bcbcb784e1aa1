using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.Qwen.Package;

/// <summary>manifest.json of a model package, format <see cref="CurrentFormat"/>.</summary>
internal sealed record ModelManifest
{
    public const string FileName = "manifest.json";
    public const string CurrentFormat = "ecuagent-model/1";
    public const string GraphFileName = "model.onnx";
    public const string TokenizerFileName = "tokenizer.json";
    public const string PriorFileName = "prior.bin";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    [JsonPropertyName("format")]
    public required string Format { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("architecture")]
    public required string Architecture { get; init; }

    /// <summary>"compact" or "qwen".</summary>
    [JsonPropertyName("promptStyle")]
    public required string PromptStyle { get; init; }

    /// <summary>Bits of one weight: 32, 8 or 4.</summary>
    [JsonPropertyName("weightBits")]
    public int WeightBits { get; init; } = 32;

    /// <summary>Positions that prompt and answer share.</summary>
    [JsonPropertyName("maxContext")]
    public required int MaxContext { get; init; }

    [JsonPropertyName("eosTokens")]
    public required string[] EosTokens { get; init; }

    /// <summary><see cref="CatalogueFingerprint"/> of the tools the model was trained on; compact only.</summary>
    [JsonPropertyName("catalogueSha256")]
    public string? CatalogueSha256 { get; init; }

    [JsonPropertyName("config")]
    public required ModelConfig Config { get; init; }

    /// <summary>File name to lower-case hexadecimal SHA-256.</summary>
    [JsonPropertyName("files")]
    public required SortedDictionary<string, string> Files { get; init; }

    public static ModelManifest Parse(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<ModelManifest>(utf8, Json) ?? throw new JsonException("the manifest is null");

    public byte[] ToUtf8() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];
}
