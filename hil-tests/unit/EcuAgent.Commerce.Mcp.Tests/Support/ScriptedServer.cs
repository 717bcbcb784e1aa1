using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Mcp.Tests.Support;

/// <summary>
/// An MCP server of 2025-11-25 that does what it should until a method is given to somebody who does not: real HTTP on loopback, answers written
/// byte by byte.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly List<JsonObject> _messages = [];
    private readonly TaskCompletionSource _stopping = new();
    private WebApplication? _app;
    private int _sessions;
    private int _streams;

    /// <summary>What becomes of a request, by its method; null for the answer as it should be.</summary>
    internal Dictionary<string, Func<HttpContext, JsonObject, Task>> Script { get; } = [];

    /// <summary>What is told on the stream for notices, when it is set: raw JSON.</summary>
    internal TaskCompletionSource<string>? Notice { get; set; }

    /// <summary>All that the stream for notices holds before it ends; null where it stays open or is none.</summary>
    internal string? StreamBody { get; set; }

    internal Func<string> Tools { get; set; } = () => """[{"name":"echo","description":"Echoes.","inputSchema":{"type":"object","properties":{"text":{"type":"string"}}}}]""";

    internal Uri Url => new(_app!.Urls.First() + "/mcp");

    internal int Streams => Volatile.Read(ref _streams);

    internal int Sessions => Volatile.Read(ref _sessions);

    /// <summary>Ends when the server is stopped.</summary>
    internal Task Stopping => _stopping.Task;

    internal IReadOnlyList<JsonObject> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    internal IEnumerable<JsonObject> Of(string method) => Messages.Where(message => (string?)message["method"] == method);

    internal static async Task<ScriptedServer> StartAsync()
    {
        var server = new ScriptedServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        server._app = builder.Build();
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    internal static Task ResultAsync(HttpContext context, JsonObject request, string result) =>
        RawAsync(context, $$"""{"jsonrpc":"2.0","id":{{request["id"]!.ToJsonString()}},"result":{{result}}}""");

    internal static Task ErrorAsync(HttpContext context, JsonObject request, string error) =>
        RawAsync(context, $$"""{"jsonrpc":"2.0","id":{{request["id"]!.ToJsonString()}},"error":{{error}}}""");

    internal static Task RawAsync(HttpContext context, string body, int status = 200, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        _stopping.SetResult();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app!.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Method == "GET")
        {
            await StreamAsync(context);
            return;
        }

        if (context.Request.Method != "POST")
        {
            return;
        }

        var message = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        lock (_messages)
        {
            _messages.Add(message);
        }

        if (message["method"] is null || message["id"] is null)
        {
            context.Response.StatusCode = 202;
            return;
        }

        var method = (string)message["method"]!;
        await (Script.TryGetValue(method, out var own) ? own(context, message) : StandardAsync(context, message, method));
    }

    private Task StandardAsync(HttpContext context, JsonObject message, string method)
    {
        switch (method)
        {
            case "initialize":
                context.Response.Headers["Mcp-Session-Id"] = $"session-{Interlocked.Increment(ref _sessions)}";
                return ResultAsync(context, message, """{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"scripted","version":"1"}}""");
            case "tools/list":
                return ResultAsync(context, message, $$"""{"tools":{{Tools()}}}""");
            case "tools/call":
                return ResultAsync(context, message, """{"content":[{"type":"text","text":"done"}]}""");
            default:
                return ErrorAsync(context, message, """{"code":-32601,"message":"no such method"}""");
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        Interlocked.Increment(ref _streams);
        if (StreamBody is { } whole)
        {
            await RawAsync(context, whole, 200, "text/event-stream");
            return;
        }

        if (Notice is not { } notice)
        {
            context.Response.StatusCode = 405;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
        await Task.WhenAny(Stopping, notice.Task);
        await context.Response.WriteAsync($"data: {(notice.Task.IsCompleted ? await notice.Task : "{}")}\n\n");
        await context.Response.Body.FlushAsync();
        await Task.WhenAny(Stopping, Task.Delay(Timeout.Infinite, context.RequestAborted));
    }

    /// <summary>Cuts the connection after what was written so far.</summary>
    internal static async Task CutAsync(HttpContext context, string begin)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = begin.Length + 1000;
        await context.Response.WriteAsync(begin);
        await context.Response.Body.FlushAsync();
        context.Features.Get<IHttpRequestLifetimeFeature>()!.Abort();
    }
}
