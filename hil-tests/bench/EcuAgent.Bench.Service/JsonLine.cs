using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.Bench.Service;

/// <summary>The line of JSON that a bench ends with.</summary>
internal static class JsonLine
{
    // Where nothing was measured a percentile is "NaN"; Chinese stays readable.
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static void Print(IReadOnlyDictionary<string, object> results) => Console.WriteLine(JsonSerializer.Serialize(results, Options));
}
