using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.Interop.Tests.Samples;

/// <summary>A sample as the peers print it: names of the IDL, enums as numbers, NaN and infinities as text.</summary>
internal static class SampleJson
{
    public static JsonObject Of<T>(T sample)
        where T : unmanaged => Node(typeof(T), sample)!.AsObject();

    /// <summary>Paths and values that are not the same; empty when the samples are equal.</summary>
    public static IReadOnlyList<string> Differences(JsonNode? wanted, JsonNode? found, string path = "") => (wanted, found) switch
    {
        (JsonObject w, JsonObject f) =>
            [.. w.Select(p => p.Key).Union(f.Select(p => p.Key)).SelectMany(k => Differences(w[k], f[k], $"{path}.{k}"))],
        (JsonArray w, JsonArray f) when w.Count == f.Count => [.. w.SelectMany((e, i) => Differences(e, f[i], $"{path}[{i}]"))],
        _ => Same(wanted, found) ? [] : [$"{path}: {wanted?.ToJsonString() ?? "nothing"} became {found?.ToJsonString() ?? "nothing"}"],
    };

    private static bool Same(JsonNode? wanted, JsonNode? found)
    {
        if (wanted?.GetValueKind() != JsonValueKind.Number || found?.GetValueKind() != JsonValueKind.Number)
        {
            return JsonNode.DeepEquals(wanted, found);
        }

        // Two spellings of one double are the same; two integers beyond 2^53 are not.
        var (w, f) = (wanted.ToJsonString(), found.ToJsonString());
        return w.AsSpan().IndexOfAny(".eE") < 0 && f.AsSpan().IndexOfAny(".eE") < 0
            ? w == f
            : double.Parse(w) == double.Parse(f);
    }

    private static JsonNode? Node(Type type, object value)
    {
        if (type.IsEnum)
        {
            return JsonValue.Create((int)value);
        }

        if (value is IBoundedString)
        {
            return JsonValue.Create(value.ToString());
        }

        if (value is double number)
        {
            return double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString());
        }

        if (type.IsPrimitive)
        {
            return JsonSerializer.SerializeToNode(value, type);
        }

        if (type.GetCustomAttribute<InlineArrayAttribute>() is { } array)
        {
            return (JsonNode)typeof(SampleJson).GetMethod(nameof(List), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type, InlineElements.ElementType(type)).Invoke(null, [value, array.Length])!;
        }

        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance);
        return new JsonObject(fields.Select(f => KeyValuePair.Create(JsonNamingPolicy.SnakeCaseLower.ConvertName(f.Name), Node(f.FieldType, f.GetValue(value)!))));
    }

    private static JsonArray List<TArray, TElement>(TArray array, int length)
        where TArray : struct
    {
        var list = new JsonArray();
        foreach (var element in InlineElements.Of<TArray, TElement>(ref array, length))
        {
            list.Add(Node(typeof(TElement), element!));
        }

        return list;
    }
}
