using System.Text.Encodings.Web;
using System.Text.Json;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Tools;

/// <summary>A tool of others that can be asked for by a sentence. All of it stands in the car's own file; nothing in it was written by the server.</summary>
/// <param name="Server">Our name of the server.</param>
/// <param name="ServerName">How the server is called when it is spoken of.</param>
/// <param name="Name">The tool's name there.</param>
/// <param name="Class">The gate's row that the file gives it; its server's definition can only make it stricter.</param>
public sealed record SpokenTool(string Server, string ServerName, string Name, ActionClass Class)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The ways to ask for it, at least one.</summary>
    public required IReadOnlyList<ToolPhrasing> Phrasings { get; init; }

    /// <summary>Arguments that are the same in every call and are not said: texts, decimals and booleans by name.</summary>
    public IReadOnlyDictionary<string, object> Fixed { get; init; } = new Dictionary<string, object>();

    /// <summary>What it costs; null where the file says nothing.</summary>
    public ToolAmount? Amount { get; init; }

    /// <summary>Server and tool as one name, for records.</summary>
    public string FullName => $"{Server}:{Name}";

    /// <summary>The call with these arguments, a JSON object; null where they say no amount and one is due.</summary>
    internal ToolSentence? With(string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var amount = Amount?.Of(document.RootElement);
        return Amount is not null && amount is null
            ? null
            : new ToolSentence(this, arguments, amount)
            {
                Words = [.. document.RootElement.EnumerateObject().Select(member => (member.Name, Said(member.Value)))],
            };
    }

    /// <summary>The call with values that were said, and the fixed ones.</summary>
    internal ToolSentence? With(IReadOnlyDictionary<string, object> values) =>
        With(JsonSerializer.Serialize(new SortedDictionary<string, object>(values.Concat(Fixed).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal), Plain));

    private static string Said(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
