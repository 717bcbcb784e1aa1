using System.Text.Json;

namespace EcuAgent.Eval.Sets;

/// <summary>Fields of JSON objects, with messages that name place, field and value.</summary>
internal static class JsonFields
{
    private const int LongestShownValue = 80;

    /// <summary>A text that is not empty.</summary>
    /// <exception cref="EvalInputException">It is missing or something else.</exception>
    public static string Text(JsonElement root, string field, string place)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            throw new EvalInputException($"{place}: field '{field}' is missing");
        }

        return Readable(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Wrong(place, field, value, "a text that is not empty");
    }

    /// <summary>One of some words.</summary>
    /// <exception cref="EvalInputException">It is missing or none of them.</exception>
    public static string OneOf(JsonElement root, string field, string place, IReadOnlyList<string> allowed)
    {
        var text = Text(root, field, place);
        return allowed.Contains(text, StringComparer.Ordinal) ? text : throw Wrong(place, field, root.GetProperty(field), string.Join(", ", allowed));
    }

    /// <summary>One of some words, or another value where the field is missing.</summary>
    /// <exception cref="EvalInputException">It is none of them.</exception>
    public static T Optional<T>(JsonElement root, string field, string place, Dictionary<string, T> words, T otherwise)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            return otherwise;
        }

        return Readable(value) is { } text && words.TryGetValue(text, out var found) ? found : throw Wrong(place, field, value, string.Join(", ", words.Keys));
    }

    /// <summary>The text of a JSON string; null for anything else.</summary>
    public static string? Readable(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair written as \uD800 is legal JSON, but no text.
            return null;
        }
    }

    /// <summary>The error for a value that is not as expected.</summary>
    public static EvalInputException Wrong(string place, string field, JsonElement value, string expected) =>
        new($"{place}: field '{field}' is {Shown(value)}, expected {expected}");

    /// <summary>A value for a message, cut where it is long.</summary>
    public static string Shown(JsonElement value) => Shown(value.GetRawText());

    /// <inheritdoc cref="Shown(JsonElement)"/>
    public static string Shown(string text) => text.Length <= LongestShownValue ? text : text[..LongestShownValue] + "...";
}
