using System.Text.Json;

namespace EcuAgent.MerchantSim.Json;

/// <summary>A JSON object: its fields, which of them are required, and rules between them.</summary>
internal sealed class ObjectShape : Shape
{
    private readonly Dictionary<string, Shape> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _required = [];
    private readonly bool _isOpen;
    private readonly Func<JsonElement, string, ShapeFault?>? _rule;

    internal ObjectShape((string Name, Shape Shape)[] fields, bool isOpen)
    {
        _isOpen = isOpen;
        foreach (var (name, shape) in fields)
        {
            var bare = name.TrimEnd('!');
            _fields.Add(bare, shape);
            if (bare.Length < name.Length)
            {
                _required.Add(bare);
            }
        }
    }

    private ObjectShape(ObjectShape from, Func<JsonElement, string, ShapeFault?> rule)
    {
        _fields = from._fields;
        _required = from._required;
        _isOpen = from._isOpen;
        _rule = rule;
    }

    /// <summary>The same object with a rule between its fields; asked last.</summary>
    public ObjectShape With(Func<JsonElement, string, ShapeFault?> rule) => new(this, rule);

    public override ShapeFault? Check(JsonElement value, string path)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return ShapeFault.Invalid(path, "is not an object");
        }

        foreach (var name in _required)
        {
            if (!value.TryGetProperty(name, out _))
            {
                return ShapeFault.Missing(JsonRead.Child(path, name));
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            var child = JsonRead.Child(path, property.Name);
            if (!_fields.TryGetValue(property.Name, out var shape))
            {
                if (!_isOpen)
                {
                    return ShapeFault.Unknown(child);
                }
            }
            else if (shape.Check(property.Value, child) is { } fault)
            {
                return fault;
            }
        }

        return _rule?.Invoke(value, path);
    }
}
