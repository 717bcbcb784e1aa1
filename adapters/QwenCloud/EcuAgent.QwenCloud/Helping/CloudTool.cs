using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace EcuAgent.QwenCloud.Helping;

/// <summary>A tool as it is told outside: without the catalogue's own keywords ("x-..."), which no server needs to know.</summary>
internal static class CloudTool
{
    public static AITool Of(AIFunctionDeclaration tool)
    {
        var schema = JsonNode.Parse(tool.JsonSchema.GetRawText())!;
        Strip(schema);
        return AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, JsonSerializer.SerializeToElement(schema));
    }

    private static void Strip(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in members.Select(member => member.Key).Where(name => name.StartsWith("x-", StringComparison.Ordinal)).ToList())
                {
                    members.Remove(name);
                }

                foreach (var member in members.Where(member => member.Value is not null))
                {
                    Strip(member.Value!);
                }

                break;
            case JsonArray items:
                foreach (var item in items.Where(item => item is not null))
                {
                    Strip(item!);
                }

                break;
        }
    }
}
