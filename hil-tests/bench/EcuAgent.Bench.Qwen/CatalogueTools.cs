using System.Text.Json;
using Microsoft.Extensions.AI;

namespace EcuAgent.Bench.Qwen;

/// <summary>The tools of catalogue.json as a chat client takes them.</summary>
internal static class CatalogueTools
{
    public static List<AITool> Load(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. document.RootElement.GetProperty("tools").EnumerateArray().Select(static tool => AIFunctionFactory.CreateDeclaration(
                tool.GetProperty("name").GetString()!,
                tool.GetProperty("description").GetString()!,
                tool.GetProperty("parameters").Clone())),
        ];
    }
}
