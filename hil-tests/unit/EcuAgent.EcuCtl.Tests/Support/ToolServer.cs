using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace EcuAgent.EcuCtl.Tests.Support;

/// <summary>A small MCP server of 2025-11-25 on loopback, without sessions; ecuctl's folder has no ASP.NET for a larger one.</summary>
internal sealed class ToolServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _tools;
    private int _calls;

    public ToolServer(string tools)
    {
        _tools = tools;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/mcp"));
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>How many tools were called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                if (context.Request.HttpMethod == "POST")
                {
                    await AnswerAsync(context, (await JsonNode.ParseAsync(context.Request.InputStream))!.AsObject());
                }
                else
                {
                    context.Response.StatusCode = 405;
                }

                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, JsonObject message)
    {
        if (message["id"] is not { } id)
        {
            context.Response.StatusCode = 202;
            return;
        }

        var answer = (string?)message["method"] switch
        {
            "initialize" => """ "result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"test","version":"1"}}""",
            "tools/list" => $$""" "result":{"tools":{{_tools}} }""",
            "tools/call" when Interlocked.Increment(ref _calls) > 0 => """ "result":{"content":[{"type":"text","text":"done"}]}""",
            _ => """ "error":{"code":-32601,"message":"no such method"}""",
        };
        context.Response.ContentType = "application/json";
        await using var writer = new StreamWriter(context.Response.OutputStream);
        await writer.WriteAsync($$"""{"jsonrpc":"2.0","id":{{id.ToJsonString()}},{{answer}} }""");
    }
}
