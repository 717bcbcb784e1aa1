using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>An OpenAI-compatible endpoint on 127.0.0.1 that answers every request with one call, and keeps what it was sent.</summary>
internal sealed class CloudEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<JsonNode> _seen = Channel.CreateUnbounded<JsonNode>();

    private CloudEndpoint(WebApplication app) => _app = app;

    /// <summary>Base address, the part before "/chat/completions".</summary>
    public string Base { get; private set; } = "";

    /// <summary>Scheme, host and port.</summary>
    public string Origin => new Uri(Base).GetLeftPart(UriPartial.Authority);

    /// <summary>Bodies of the requests so far that nobody has looked at.</summary>
    public int Unread => _seen.Reader.Count;

    public static async Task<CloudEndpoint> StartAsync(string tool, string arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var endpoint = new CloudEndpoint(builder.Build());
        endpoint._app.MapPost("/v1/chat/completions", context => endpoint.AnswerAsync(context, tool, arguments));
        await endpoint._app.StartAsync();
        var addresses = endpoint._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        endpoint.Base = addresses.Addresses.First() + "/v1";
        return endpoint;
    }

    /// <summary>The next request's body.</summary>
    public async Task<JsonNode> RequestAsync() => await _seen.Reader.ReadAsync().AsTask().WaitAsync(Domains.Watchdog);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Event(JsonObject delta, string? finish) => "data: " + new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1767225600,
        ["model"] = "scenario",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    }.ToJsonString() + "\n\n";

    private async Task AnswerAsync(HttpContext context, string tool, string arguments)
    {
        _seen.Writer.TryWrite((await JsonNode.ParseAsync(context.Request.Body))!);
        context.Response.ContentType = "text/event-stream";
        var call = new JsonObject
        {
            ["index"] = 0,
            ["id"] = "call_1",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = arguments },
        };
        await context.Response.WriteAsync(Event(new JsonObject { ["role"] = "assistant", ["tool_calls"] = new JsonArray(call) }, null));
        await context.Response.WriteAsync(Event([], "tool_calls"));
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }
}
