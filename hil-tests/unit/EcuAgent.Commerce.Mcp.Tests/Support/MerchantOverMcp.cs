using System.Net.Http.Headers;
using System.Net.Http.Json;
using EcuAgent.MerchantSim;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace EcuAgent.Commerce.Mcp.Tests.Support;

/// <summary>How a server of ACP's tools writes a session.</summary>
internal enum ResultForm
{
    Structured,
    Text,
}

/// <summary>How a server of ACP's tools writes an error.</summary>
internal enum ErrorForm
{
    JsonRpc,
    ToolError,
}

/// <summary>
/// ACP's five tools in front of a merchant of the simulator: each call is put to its checkout over HTTP, so that sessions, orders and the ledger
/// are real, and every call is kept as it arrived.
/// </summary>
internal sealed class MerchantOverMcp : IAsyncDisposable
{
    internal const string Merchant = "trattoria-bellavista";

    private readonly HttpClient _http = new();
    private readonly List<(string Tool, JsonObject Arguments)> _calls = [];
    private readonly ResultForm _results;
    private readonly ErrorForm _errors;
    private SdkServer? _server;

    private MerchantOverMcp(MerchantWorld world, ResultForm results, ErrorForm errors)
    {
        World = world;
        _results = results;
        _errors = errors;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", MerchantWorldOptions.DefaultApiKey);
    }

    internal MerchantWorld World { get; }

    internal Uri Url => _server!.Url;

    internal IReadOnlyList<(string Tool, JsonObject Arguments)> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    internal static async Task<MerchantOverMcp> StartAsync(
        ResultForm results = ResultForm.Structured, ErrorForm errors = ErrorForm.JsonRpc, bool hasSessions = true)
    {
        var world = await MerchantWorld.StartAsync(new MerchantWorldOptions { AlwaysOpen = true });
        var merchant = new MerchantOverMcp(world, results, errors);
        merchant._server = await SdkServer.StartAsync(
            () => [.. new[] { "create", "get", "update", "complete", "cancel" }.Select(name => SdkServer.Tool(name + "_checkout_session"))],
            merchant.CallAsync,
            hasSessions,
            merchant.FeedAsync);
        return merchant;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        await World.DisposeAsync();
        _http.Dispose();
    }

    private async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var tool = request.Params!.Name;
        var arguments = new JsonObject(request.Params.Arguments!.Select(a => KeyValuePair.Create(a.Key, JsonNode.Parse(a.Value.GetRawText()))));
        lock (_calls)
        {
            _calls.Add((tool, arguments));
        }

        using var message = Message(tool, arguments);
        using var answer = await _http.SendAsync(message, cancellationToken);
        var body = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).Clone();
        return answer.IsSuccessStatusCode ? Result(body, isError: false)
            : _errors == ErrorForm.ToolError ? Result(body, isError: true)
            : throw Error(body);
    }

    private HttpRequestMessage Message(string tool, JsonObject arguments)
    {
        var id = (string?)arguments["id"];
        var path = tool switch
        {
            "create_checkout_session" => "checkout_sessions",
            "complete_checkout_session" => $"checkout_sessions/{id}/complete",
            "cancel_checkout_session" => $"checkout_sessions/{id}/cancel",
            _ => $"checkout_sessions/{id}",
        };
        var message = new HttpRequestMessage(tool.StartsWith("get", StringComparison.Ordinal) ? HttpMethod.Get : HttpMethod.Post, $"{World.UrlOf(Merchant)}/{path}");
        message.Headers.Add("API-Version", (string)arguments["meta"]!["api_version"]!);
        if ((string?)arguments["meta"]!["idempotency_key"] is { } key)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        if (arguments["payload"] is { } payload)
        {
            message.Content = JsonContent.Create(payload);
        }

        return message;
    }

    private CallToolResult Result(JsonElement body, bool isError) => _results == ResultForm.Structured
        ? new CallToolResult { IsError = isError, StructuredContent = body, Content = [] }
        : new CallToolResult { IsError = isError, Content = [new TextContentBlock { Text = body.GetRawText() }] };

    private static McpProtocolException Error(JsonElement body)
    {
        var error = new McpProtocolException("refused", (McpErrorCode)(-32000));
        foreach (var member in body.EnumerateObject())
        {
            error.Data[member.Name] = member.Value.Clone();
        }

        return error;
    }

    // The feed has no tool: it stands beside the endpoint.
    private async Task FeedAsync(HttpContext context)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, World.UrlOf(Merchant) + context.Request.Path.Value!);
        using var answer = await _http.SendAsync(message);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }
}
