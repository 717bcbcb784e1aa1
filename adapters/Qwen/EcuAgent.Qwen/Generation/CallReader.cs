using System.Text;
using System.Text.Json;
using EcuAgent.Qwen.Grammar;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Generation;

/// <summary>Turns a complete call block into a function call; values stay JSON, copied texts are trimmed.</summary>
internal static class CallReader
{
    private static readonly int Head = Encoding.UTF8.GetByteCount("<tool_call>\n");
    private static readonly int Tail = Encoding.UTF8.GetByteCount("\n</tool_call>");

    public static FunctionCallContent Read(byte[] block, IReadOnlyDictionary<string, ToolSchema> schemas)
    {
        using var document = JsonDocument.Parse(block.AsMemory(Head, block.Length - Head - Tail));
        var name = document.RootElement.GetProperty("name").GetString()!;
        var schema = schemas[name];
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var argument in document.RootElement.GetProperty("arguments").EnumerateObject())
        {
            var isCopied = schema.Properties.Any(p => p.Name == argument.Name && p.Rule is ValueRule.CopiedText);
            arguments.Add(argument.Name, isCopied ? JsonSerializer.SerializeToElement(argument.Value.GetString()!.Trim()) : argument.Value.Clone());
        }

        return new FunctionCallContent($"call_{Guid.NewGuid():N}", name, arguments);
    }
}
