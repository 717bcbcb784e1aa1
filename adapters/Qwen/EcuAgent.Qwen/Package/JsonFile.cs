using System.Text.Json;

namespace EcuAgent.Qwen.Package;

/// <summary>A configuration file of another exporter, read value by value; a fault names the file, the value and what was expected.</summary>
internal sealed class JsonFile : IDisposable
{
    private const long BytesLimit = 4 << 20;
    private readonly JsonDocument _document;

    public JsonFile(string path)
    {
        FullPath = path;
        if (!File.Exists(path))
        {
            throw new QwenModelException(QwenModelError.Missing, path, "the file does not exist");
        }

        if (new FileInfo(path).Length > BytesLimit)
        {
            throw new QwenModelException(QwenModelError.Damaged, path, $"larger than {BytesLimit} bytes");
        }

        try
        {
            _document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw new QwenModelException(QwenModelError.Damaged, path, $"not JSON: {e.Message}", e);
        }
    }

    public string FullPath { get; }

    public void Dispose() => _document.Dispose();

    /// <summary>A whole number from 1 on, at names joined by dots.</summary>
    public int Int(string path) => OptionalInt(path) ?? throw Fault(QwenModelError.Damaged, path, "is missing");

    public int? OptionalInt(string path) => Find(path) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number
        : throw Fault(QwenModelError.Damaged, path, $"= {value.GetRawText()}, expected a whole number from 1 on");

    public string? Text(string path) => Find(path) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Fault(QwenModelError.Damaged, path, $"= {value.GetRawText()}, expected a string");

    public bool Flag(string path) => Find(path) is { ValueKind: JsonValueKind.True };

    public double? Number(string path) => Find(path) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>One number or a list of them; none where the value is missing.</summary>
    public IEnumerable<int> Ints(string path)
    {
        if (Find(path) is not { } value)
        {
            return [];
        }

        try
        {
            return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(static v => v.GetInt32())] : [value.GetInt32()];
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw Fault(QwenModelError.Damaged, path, $"= {value.GetRawText()}, expected whole numbers");
        }
    }

    public QwenModelException Fault(QwenModelError error, string path, string message) => new(error, FullPath, $"{path} {message}");

    private JsonElement? Find(string path)
    {
        var element = _document.RootElement;
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }
}
