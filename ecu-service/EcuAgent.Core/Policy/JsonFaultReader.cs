using System.Globalization;
using System.Text.Json;

namespace EcuAgent.Core.Policy;

/// <summary>
/// Reads members of a JSON document one by one and collects every fault with its path, instead of stopping at the first
/// one as a deserializer does.
/// </summary>
internal sealed class JsonFaultReader
{
    private const int ShownValueLength = 60;

    private readonly List<PolicyFault> faults = [];

    internal IReadOnlyList<PolicyFault> Faults => faults;

    internal void Add(string path, string value, string problem) => faults.Add(new(path, value, problem));

    internal void Add(string path, JsonElement value, string problem) => Add(path, Show(value), problem);

    /// <summary>
    /// The members of an object by name. Members that are neither required nor optional, appear twice or are missing are
    /// faults. Null when <paramref name="element"/> is no object.
    /// </summary>
    internal Dictionary<string, JsonElement>? Object(
        JsonElement element, string path, IReadOnlyCollection<string> required, IReadOnlyCollection<string>? optional = null)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(path, element, "must be an object");
            return null;
        }

        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string memberPath = Join(path, member.Name);
            if (!required.Contains(member.Name) && optional?.Contains(member.Name) != true)
            {
                Add(memberPath, member.Value, $"unknown member; known are {List(required.Concat(optional ?? []))}");
            }
            else if (!members.TryAdd(member.Name, member.Value))
            {
                Add(memberPath, member.Value, "stands twice");
            }
        }

        foreach (string name in required)
        {
            if (!members.ContainsKey(name))
            {
                Add(Join(path, name), "(missing)", "must be given");
            }
        }

        return members;
    }

    internal string? Text(JsonElement element, string path, int maximumLength)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text && text.Length <= maximumLength)
        {
            return text;
        }

        Add(path, element, $"must be a text of 1 to {maximumLength} characters");
        return null;
    }

    internal T? Word<T>(JsonElement element, string path, (string Word, T Value)[] words)
        where T : struct
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            foreach ((string word, T value) in words)
            {
                if (element.ValueEquals(word))
                {
                    return value;
                }
            }
        }

        Add(path, element, $"must be one of {List(words.Select(pair => pair.Word))}");
        return null;
    }

    internal double? Number(JsonElement element, string path, double minimum, double maximum)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        Add(path, element, string.Create(CultureInfo.InvariantCulture, $"must be a number from {minimum} to {maximum}"));
        return null;
    }

    internal long? Integer(JsonElement element, string path, long minimum, long maximum)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        Add(path, element, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {minimum} to {maximum}"));
        return null;
    }

    internal static string Join(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$')
            ? $"{path}.{name}"
            : $"{path}['{name.Replace("'", "\\'", StringComparison.Ordinal)}']";

    internal static string Show(JsonElement value)
    {
        string text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= ShownValueLength ? text : text[..ShownValueLength] + "...";
    }

    private static string List(IEnumerable<string> words) => string.Join(", ", words);
}
