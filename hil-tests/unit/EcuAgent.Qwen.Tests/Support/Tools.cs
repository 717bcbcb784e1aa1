using System.Text.Json;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Tests.Support;

internal static class Tools
{
    private static readonly Lazy<List<AITool>> Shared = new(Load);

    /// <summary>The product's catalogue.</summary>
    public static List<AITool> Catalogue => Shared.Value;

    public static AIFunctionDeclaration Make(string name, string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return AIFunctionFactory.CreateDeclaration(name, "a test tool", document.RootElement.Clone());
    }

    private static List<AITool> Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestFiles.Catalogue));
        return
        [
            .. document.RootElement.GetProperty("tools").EnumerateArray().Select(static t => AIFunctionFactory.CreateDeclaration(
                t.GetProperty("name").GetString()!, t.GetProperty("description").GetString()!, t.GetProperty("parameters").Clone())),
        ];
    }
}
