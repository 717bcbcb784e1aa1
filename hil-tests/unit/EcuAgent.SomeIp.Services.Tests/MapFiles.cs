using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace EcuAgent.SomeIp.Services.Tests;

/// <summary>The files of idl/, whole and changed.</summary>
internal static class MapFiles
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(Text("someip.schema.json"), new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    public static string Text(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "idl", file));

    public static JsonObject Map() => JsonNode.Parse(Text("someip.json"))!.AsObject();

    public static bool IsValid(JsonNode map)
    {
        using var document = JsonDocument.Parse(map.ToJsonString());
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    /// <summary>Everything that is wrong with a text.</summary>
    public static IReadOnlyList<ServiceMapFault> Faults(string text)
    {
        ServiceMap.TryRead(Encoding.UTF8.GetBytes(text), out _, out var faults);
        return faults;
    }

    /// <summary>Puts a value (JSON text) at a path like "services/0/topics/2/id"; "-" takes the member away.</summary>
    public static JsonObject With(string path, string value)
    {
        var map = Map();
        var steps = path.Split('/');
        JsonNode at = map;
        foreach (var step in steps[..^1])
        {
            at = int.TryParse(step, out var index) ? at[index]! : at[step]!;
        }

        if (value == "-")
        {
            at.AsObject().Remove(steps[^1]);
        }
        else if (int.TryParse(steps[^1], out var last))
        {
            at[last] = JsonNode.Parse(value);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(value);
        }

        return map;
    }
}
