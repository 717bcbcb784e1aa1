using System.Text.Json;
using Microsoft.Extensions.AI;

namespace EcuAgent.Qwen.Tests.Support;

internal static class Answers
{
    /// <summary>Calls and text of an answer, without ids.</summary>
    public static string Render(ChatResponse response) => string.Join("; ", response.Messages.SelectMany(static m => m.Contents).Select(static c => c is FunctionCallContent call
        ? call.Name + JsonSerializer.Serialize(call.Arguments)
        : (c as TextContent)?.Text));
}
