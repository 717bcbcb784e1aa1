using System.Globalization;
using System.Text;

namespace Rti.Types.Dynamic;

/// <summary>
/// As much of Connext's dynamic data as the adapter uses, and as strict: a member that the type does not have, a value of another kind, and a string
/// beyond its bound are refused.
/// </summary>
public sealed class DynamicData
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public DynamicData(DynamicType type)
    {
        Type = type;
        foreach (var (name, member) in Members())
        {
            _values[name] = member.Leaf is null ? new DynamicData(member)
                : member.Leaf == typeof(string) ? ""
                : Activator.CreateInstance(member.Leaf)!;
        }
    }

    public DynamicType Type { get; }

    public LoanedDynamicData LoanValue(string member) => new((DynamicData)Known(member));

    public LoanedDynamicData LoanValue(int index) => LoanValue(Key(index));

    public object GetAnyValue(string member) => Known(member) is DynamicData ? throw new ArgumentException($"'{member}' is no value") : Known(member);

    public object GetAnyValue(int index) => GetAnyValue(Key(index));

    public void SetAnyValue(string member, object value)
    {
        var type = Members().Single(m => m.Name == member).Type;
        _ = Known(member);
        var leaf = type.Leaf ?? throw new ArgumentException($"'{member}' is no value");
        if ((leaf == typeof(string)) != (value is string))
        {
            throw new ArgumentException($"'{member}' takes {leaf}, not {value.GetType()}");
        }

        if (value is string text && Encoding.UTF8.GetByteCount(text) > type.Bound)
        {
            throw new ArgumentException($"'{member}' takes {type.Bound} bytes");
        }

        _values[member] = Convert.ChangeType(value, leaf, CultureInfo.InvariantCulture);
    }

    public void SetAnyValue(int index, object value) => SetAnyValue(Key(index), value);

    internal DynamicData Clone()
    {
        var copy = new DynamicData(Type);
        foreach (var (name, value) in _values)
        {
            copy._values[name] = value is DynamicData inner ? inner.Clone() : value;
        }

        return copy;
    }

    internal void CopyFrom(DynamicData other)
    {
        foreach (var (name, value) in other.Clone()._values)
        {
            _values[name] = value;
        }
    }

    private static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<(string Name, DynamicType Type)> Members() => Type.Element is { } element
        ? Enumerable.Range(1, Type.Length).Select(i => (Key(i), element))
        : Type.Members;

    private object Known(string member) =>
        _values.TryGetValue(member, out var value) ? value : throw new ArgumentException($"{Type.Name} has no member '{member}'");
}

/// <summary>A member that is looked at in its place.</summary>
public sealed class LoanedDynamicData(DynamicData data) : IDisposable
{
    public DynamicData Data { get; } = data;

    public void Dispose()
    {
    }
}
