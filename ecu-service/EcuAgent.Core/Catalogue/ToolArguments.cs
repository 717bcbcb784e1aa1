namespace EcuAgent.Core.Catalogue;

/// <summary>
/// Checked arguments of a valid call: words and texts as trimmed strings, numbers as <see cref="double"/>, whole numbers as
/// <see cref="int"/>, flags as <see cref="bool"/>. An argument that was left out reads as null.
/// </summary>
public sealed class ToolArguments
{
    private readonly IReadOnlyDictionary<string, object> _values;

    internal ToolArguments(IReadOnlyDictionary<string, object> values) => _values = values;

    /// <summary>No arguments.</summary>
    public static ToolArguments None { get; } = new(new Dictionary<string, object>());

    /// <summary>Names and values, in no particular order.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>A word or text, or null.</summary>
    public string? Text(string name) => Read<string>(name);

    /// <summary>A number, or null.</summary>
    public double? Number(string name) => _values.TryGetValue(name, out var value) ? Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>A whole number, or null.</summary>
    public int? Integer(string name) => _values.TryGetValue(name, out var value) ? (int)value : null;

    /// <summary>A flag, or null.</summary>
    public bool? Flag(string name) => _values.TryGetValue(name, out var value) ? (bool)value : null;

    /// <summary>The same with one argument set.</summary>
    internal ToolArguments With(string name, object value) => new(new Dictionary<string, object>(_values, StringComparer.Ordinal) { [name] = value });

    private T? Read<T>(string name)
        where T : class => _values.TryGetValue(name, out var value) ? (T)value : null;
}
