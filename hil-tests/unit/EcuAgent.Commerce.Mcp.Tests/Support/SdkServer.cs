using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace EcuAgent.Commerce.Mcp.Tests.Support;

/// <summary>A real MCP server of the official package on loopback, at <c>/mcp</c>.</summary>
internal sealed class SdkServer : IAsyncDisposable
{
    internal const string Token = "planted-mcp-token";

    private readonly WebApplication _app;

    private SdkServer(WebApplication app) => _app = app;

    internal Uri Url => new(_app.Urls.First() + "/mcp");

    internal delegate ValueTask<CallToolResult> CallHandler(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken);

    /// <summary>Starts one.</summary>
    /// <param name="tools">What it offers, asked at each listing.</param>
    /// <param name="call">What a call does.</param>
    /// <param name="hasSessions">True for a server with sessions (2025-11-25), false for one of 2026-07-28.</param>
    /// <param name="feed">What stands beside the endpoint, or null.</param>
    internal static async Task<SdkServer> StartAsync(
        Func<IList<Tool>> tools, CallHandler call, bool hasSessions = true, Func<HttpContext, Task>? feed = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services
            .AddMcpServer(options => options.Capabilities = new ServerCapabilities { Tools = new ToolsCapability { ListChanged = true } })
            .WithHttpTransport(options => options.SessionMode = hasSessions ? HttpServerSessionMode.Stateful : HttpServerSessionMode.Stateless)
            .WithListToolsHandler((_, _) => ValueTask.FromResult(new ListToolsResult { Tools = tools() }))
            .WithCallToolHandler((request, cancellationToken) => call(request, cancellationToken));
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            if (feed is not null && !context.Request.Path.StartsWithSegments("/mcp", StringComparison.Ordinal))
            {
                await feed(context);
            }
            else if (context.Request.Headers.Authorization == $"Bearer {Token}")
            {
                await next(context);
            }
            else
            {
                context.Response.StatusCode = 401;
            }
        });
        app.MapMcp("/mcp");
        await app.StartAsync();
        return new SdkServer(app);
    }

    internal static Tool Tool(string name, string description = "", string schema = """{"type":"object"}""", bool readOnly = false) => new()
    {
        Name = name,
        Description = description,
        InputSchema = JsonDocument.Parse(schema).RootElement,
        Annotations = readOnly ? new ToolAnnotations { ReadOnlyHint = true } : null,
    };

    internal static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}
