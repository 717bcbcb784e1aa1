using System.Globalization;

namespace EcuAgent.Core.Catalogue;

/// <summary>
/// Checked arguments of a valid call: words and texts as trimmed strings, numbers as <see cref="double"/>, whole numbers as
/// <see cref="int"/>, flags as <see cref="bool"/>. An argument that was left out reads as null.
/// </summary>
public sealed class ToolArguments
{
    /// <summary>Name under which the day stands among <see cref="Values"/>.</summary>
    internal const string DayName = "day";

    private const string DayFormat = "yyyy-MM-dd";

    private readonly IReadOnlyDictionary<string, object> _values;

    internal ToolArguments(IReadOnlyDictionary<string, object> values) => _values = values;

    /// <summary>No arguments.</summary>
    public static ToolArguments None { get; } = new(new Dictionary<string, object>());

    /// <summary>Names and values, in no particular order.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>A word or text, or null.</summary>
    public string? Text(string name) => Read<string>(name);

    /// <summary>A number, or null.</summary>
    public double? Number(string name) => _values.TryGetValue(name, out var value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    /// <summary>A whole number, or null.</summary>
    public int? Integer(string name) => _values.TryGetValue(name, out var value) ? (int)value : null;

    /// <summary>A flag, or null.</summary>
    public bool? Flag(string name) => _values.TryGetValue(name, out var value) ? (bool)value : null;

    /// <summary>The day that was said, put in by the agent (no tool declares it); null when none was.</summary>
    public DateOnly? Day => Text(DayName) is { } day ? DateOnly.ParseExact(day, DayFormat, CultureInfo.InvariantCulture) : null;

    /// <summary>The same for a day.</summary>
    internal ToolArguments On(DateOnly day) => With(DayName, day.ToString(DayFormat, CultureInfo.InvariantCulture));

    /// <summary>The same with one argument set.</summary>
    internal ToolArguments With(string name, object value) => new(new Dictionary<string, object>(_values, StringComparer.Ordinal) { [name] = value });

    private T? Read<T>(string name)
        where T : class => _values.TryGetValue(name, out var value) ? (T)value : null;
}
