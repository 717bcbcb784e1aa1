using System.Text.Json;

namespace EcuAgent.MerchantSim.Json;

/// <summary>
/// What a JSON value in a request has to look like. Shapes restate the request part of the published schemas, so that a wrong request
/// is refused with the path of the field; the tests compare both.
/// </summary>
internal abstract class Shape
{
    public static Shape Any { get; } = new AnyShape();

    public static Shape Boolean { get; } = new KindShape("a boolean", JsonValueKind.True, JsonValueKind.False);

    public static Shape Null { get; } = new KindShape("null", JsonValueKind.Null);

    public static Shape Number { get; } = new KindShape("a number", JsonValueKind.Number);

    public static Shape Integer { get; } = new IntegerShape(long.MinValue, long.MaxValue);

    public static Shape Text { get; } = new TextShape(0, int.MaxValue, null);

    /// <returns>What is wrong first, in document order of the shape; null when nothing is.</returns>
    public abstract ShapeFault? Check(JsonElement value, string path);

    public static Shape IntegerFrom(long minimum) => new IntegerShape(minimum, long.MaxValue);

    public static Shape TextUpTo(int maxLength, int minLength = 0) => new TextShape(minLength, maxLength, null);

    public static Shape OneOf(params string[] values) => new TextShape(0, int.MaxValue, values);

    /// <summary>A string that a rule accepts.</summary>
    public static Shape TextLike(string what, Func<string, bool> rule) => new RuleShape(what, rule);

    public static Shape ArrayOf(Shape item, int minimum = 0) => new ArrayShape(item, minimum);

    public static Shape MapOf(Shape value) => new MapShape(value);

    /// <summary>An object with these fields and no others; a name that ends in '!' is required.</summary>
    public static ObjectShape Closed(params (string Name, Shape Shape)[] fields) => new(fields, isOpen: false);

    /// <summary>An object with these and any other fields.</summary>
    public static ObjectShape Open(params (string Name, Shape Shape)[] fields) => new(fields, isOpen: true);

    /// <summary>The first shape that fits; the fault is that of the last.</summary>
    public static Shape Either(params Shape[] shapes) => new EitherShape(shapes);

    private sealed class AnyShape : Shape
    {
        public override ShapeFault? Check(JsonElement value, string path) => null;
    }

    private sealed class KindShape(string what, params JsonValueKind[] kinds) : Shape
    {
        public override ShapeFault? Check(JsonElement value, string path) =>
            kinds.Contains(value.ValueKind) ? null : ShapeFault.Invalid(path, $"is not {what}");
    }

    private sealed class IntegerShape(long from, long to) : Shape
    {
        public override ShapeFault? Check(JsonElement value, string path) =>
            JsonRead.TryInteger(value, out var number) && number >= from && number <= to
                ? null
                : ShapeFault.Invalid(path, from == long.MinValue ? "is not an integer" : FormattableString.Invariant($"is not an integer of at least {from}"));
    }

    private sealed class TextShape(int minLength, int maxLength, string[]? values) : Shape
    {
        public override ShapeFault? Check(JsonElement value, string path)
        {
            if (value.ValueKind is not JsonValueKind.String)
            {
                return ShapeFault.Invalid(path, "is not a string");
            }

            var text = value.GetString()!;
            if (values is not null)
            {
                return values.Contains(text, StringComparer.Ordinal) ? null : ShapeFault.Invalid(path, $"is none of {string.Join(", ", values)}");
            }

            return JsonRead.CodePoints(text) is var length && length >= minLength && length <= maxLength
                ? null
                : ShapeFault.Invalid(path, FormattableString.Invariant($"has {length} characters; {minLength} to {maxLength} are allowed"));
        }
    }

    private sealed class RuleShape(string what, Func<string, bool> rule) : Shape
    {
        public override ShapeFault? Check(JsonElement value, string path) =>
            value.ValueKind is JsonValueKind.String && rule(value.GetString()!) ? null : ShapeFault.Invalid(path, $"is not {what}");
    }

    private sealed class ArrayShape(Shape item, int minimum) : Shape
    {
        public override ShapeFault? Check(JsonElement value, string path)
        {
            if (value.ValueKind is not JsonValueKind.Array)
            {
                return ShapeFault.Invalid(path, "is not an array");
            }

            if (value.GetArrayLength() < minimum)
            {
                return ShapeFault.Invalid(path, FormattableString.Invariant($"has fewer than {minimum} entries"));
            }

            var index = 0;
            foreach (var entry in value.EnumerateArray())
            {
                if (item.Check(entry, FormattableString.Invariant($"{path}[{index++}]")) is { } fault)
                {
                    return fault;
                }
            }

            return null;
        }
    }

    private sealed class MapShape(Shape entry) : Shape
    {
        public override ShapeFault? Check(JsonElement value, string path)
        {
            if (value.ValueKind is not JsonValueKind.Object)
            {
                return ShapeFault.Invalid(path, "is not an object");
            }

            foreach (var property in value.EnumerateObject())
            {
                if (entry.Check(property.Value, JsonRead.Child(path, property.Name)) is { } fault)
                {
                    return fault;
                }
            }

            return null;
        }
    }

    private sealed class EitherShape(Shape[] shapes) : Shape
    {
        public override ShapeFault? Check(JsonElement value, string path)
        {
            ShapeFault? last = null;
            foreach (var shape in shapes)
            {
                last = shape.Check(value, path);
                if (last is null)
                {
                    return null;
                }
            }

            return last;
        }
    }
}
