using System.Text.Encodings.Web;
using System.Text.Json;
using EcuAgent.Core.Catalogue;

namespace EcuAgent.Core.Agent;

/// <summary>Checked arguments as JSON text with names in the order of the schema, the day that was said behind them: the same intent always gives the same text.</summary>
internal static class CanonicalArguments
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ToolDefinition tool, ToolArguments arguments)
    {
        var ordered = new Dictionary<string, object>();
        foreach (var parameter in tool.Parameters)
        {
            if (arguments.Values.TryGetValue(parameter.Name, out var value))
            {
                ordered[parameter.Name] = value;
            }
        }

        if (arguments.Values.TryGetValue(ToolArguments.DayName, out var day))
        {
            ordered[ToolArguments.DayName] = day;
        }

        return JsonSerializer.Serialize(ordered, Plain);
    }

    /// <summary>Reads back what <see cref="Write"/> gave for the same tool.</summary>
    public static ToolArguments Read(ToolDefinition tool, string json)
    {
        using var document = JsonDocument.Parse(json);
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            values[member.Name] = tool.Parameter(member.Name)?.Kind switch
            {
                ToolParameterKind.Flag => member.Value.GetBoolean(),
                ToolParameterKind.Integer => member.Value.GetInt32(),
                ToolParameterKind.Number => member.Value.GetDouble(),
                _ => member.Value.GetString()!,
            };
        }

        return new ToolArguments(values);
    }
}
