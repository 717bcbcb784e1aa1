using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Output;

/// <summary>A sample as JSON, with the field names of the IDL. Enums are their names in lower case, NaN and infinity are null.</summary>
internal static class SampleJson
{
    private const string CountSuffix = "Count";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();
    private static readonly MethodInfo ElementsMethod = typeof(SampleJson).GetMethod(nameof(Elements), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static string Line(JsonObject value) => value.ToJsonString(Relaxed);

    public static JsonObject Of(string kind, BusEvent value)
    {
        var json = new JsonObject { ["event"] = kind, ["topic"] = value.Topic, ["received"] = value.ReceivedAt.ToString("O") };
        if (value.IsGone)
        {
            json["gone"] = true;
        }

        var sample = value.GetType().GetProperty(nameof(BusSample<int>.Sample))!.GetValue(value)!;
        foreach (var (name, member) in Members(sample))
        {
            json[name] = member;
        }

        return json;
    }

    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static IEnumerable<(string Name, JsonNode? Value)> Members(object sample)
    {
        var fields = Fields.GetOrAdd(sample.GetType(), t => t.GetFields(BindingFlags.Public | BindingFlags.Instance));
        var lengths = fields
            .Where(f => f.Name.EndsWith(CountSuffix, StringComparison.Ordinal) && f.FieldType == typeof(byte))
            .ToDictionary(f => f.Name[..^CountSuffix.Length] + "s", f => (int)(byte)f.GetValue(sample)!, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var value = field.GetValue(sample)!;
            yield return (Snake(field.Name), Node(value, lengths.TryGetValue(field.Name, out var length) ? length : int.MaxValue));
        }
    }

    private static JsonNode? Node(object value, int length) => value switch
    {
        IBoundedString text => JsonValue.Create(text.ToString()),
        Enum member => JsonValue.Create(Snake(member.ToString())),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        bool flag => JsonValue.Create(flag),
        byte number => JsonValue.Create(number),
        int number => JsonValue.Create(number),
        uint number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        ulong number => JsonValue.Create(number),
        _ when value.GetType().GetCustomAttribute<InlineArrayAttribute>() is not null => Array(value, length),
        _ => Object(value),
    };

    private static JsonArray Array(object value, int length)
    {
        var element = value.GetType().GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance)[0].FieldType;
        var elements = (System.Array)ElementsMethod.MakeGenericMethod(value.GetType(), element).Invoke(null, [value])!;
        var array = new JsonArray();
        foreach (var item in elements.Cast<object>().Take(length))
        {
            array.Add(Node(item, int.MaxValue));
        }

        return array;
    }

    private static JsonObject Object(object value)
    {
        var json = new JsonObject();
        foreach (var (name, member) in Members(value))
        {
            json[name] = member;
        }

        return json;
    }

    private static TElement[] Elements<TArray, TElement>(TArray value)
        where TArray : struct
    {
        var elements = new TElement[Unsafe.SizeOf<TArray>() / Unsafe.SizeOf<TElement>()];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = Unsafe.Add(ref Unsafe.As<TArray, TElement>(ref value), i);
        }

        return elements;
    }
}
