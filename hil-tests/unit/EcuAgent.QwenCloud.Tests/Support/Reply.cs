using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EcuAgent.QwenCloud.Tests.Support;

/// <summary>Answers in the protocol's words.</summary>
internal static class Reply
{
    /// <summary>A completion with calls, as a server that does not stream gives it.</summary>
    internal static string Completion(params (string Name, string Arguments)[] calls) => new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["created"] = 1767225600,
        ["model"] = "qwen-plus",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = calls.Length == 0 ? "stop" : "tool_calls",
            ["message"] = new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = "",
                ["tool_calls"] = new JsonArray([.. calls.Select((call, i) => Call(i, call.Name, call.Arguments))]),
            },
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 900, ["completion_tokens"] = 20, ["total_tokens"] = 920 },
    }.ToJsonString();

    /// <summary>The same as events: the arguments of each call come in pieces of <paramref name="piece"/> characters, as DashScope sends them.</summary>
    internal static List<string> Events(int piece, params (string Name, string Arguments)[] calls)
    {
        var events = new List<string> { Delta(new JsonObject { ["role"] = "assistant", ["content"] = "" }) };
        for (var i = 0; i < calls.Length; i++)
        {
            var (name, arguments) = calls[i];
            events.Add(Delta(new JsonObject { ["tool_calls"] = new JsonArray(Call(i, name, "")) }));
            foreach (var part in arguments.Chunk(piece))
            {
                events.Add(Delta(new JsonObject
                {
                    ["content"] = null,
                    ["tool_calls"] = new JsonArray(new JsonObject
                    {
                        ["index"] = i,
                        ["id"] = "",
                        ["type"] = "function",
                        ["function"] = new JsonObject { ["arguments"] = new string(part) },
                    }),
                }));
            }
        }

        events.Add(Delta(new JsonObject { ["content"] = "" }, calls.Length == 0 ? "stop" : "tool_calls"));
        events.Add("""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,"model":"qwen-plus","choices":[],"usage":{"prompt_tokens":900,"completion_tokens":20,"total_tokens":920}}""");
        return events;
    }

    internal static async Task Json(HttpContext context, string body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    internal static async Task Stream(HttpContext context, IEnumerable<string> events, bool done = true)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var item in events)
        {
            await Send(context, $"data: {item}\n\n");
        }

        if (done)
        {
            await Send(context, "data: [DONE]\n\n");
        }
    }

    internal static async Task Send(HttpContext context, string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
        await context.Response.Body.FlushAsync();
    }

    /// <summary>Nothing more until the client goes away.</summary>
    internal static Task Hang(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }

    private static string Delta(JsonObject delta, string? finish = null) => new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1767225600,
        ["model"] = "qwen-plus",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    }.ToJsonString(new JsonSerializerOptions());

    private static JsonObject Call(int index, string name, string arguments) => new()
    {
        ["index"] = index,
        ["id"] = $"call_{index}",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments },
    };
}
