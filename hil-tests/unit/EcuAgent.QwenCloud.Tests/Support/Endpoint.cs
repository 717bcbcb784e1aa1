using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcuAgent.QwenCloud.Tests.Support;

/// <summary>A real HTTP server on 127.0.0.1 that keeps what it was sent and answers as the test says.</summary>
internal sealed class Endpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<SeenRequest> _arrived = Channel.CreateUnbounded<SeenRequest>();
    private readonly List<SeenRequest> _seen = [];

    private Endpoint(WebApplication app) => _app = app;

    /// <summary>How the next request is answered.</summary>
    internal Func<HttpContext, Task> Answer { get; set; } = context => Reply.Json(context, Reply.Completion(("set_fan", """{"level":3}""")));

    internal IReadOnlyList<SeenRequest> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    internal Uri Address { get; private set; } = new("http://127.0.0.1/");

    internal Uri Base => new(Address, "compatible-mode/v1");

    internal static async Task<Endpoint> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var endpoint = new Endpoint(builder.Build());
        endpoint._app.Run(endpoint.HandleAsync);
        await endpoint._app.StartAsync();
        var addresses = endpoint._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        endpoint.Address = new Uri(addresses.Addresses.First());
        return endpoint;
    }

    /// <summary>Waits until a request has arrived with its whole body.</summary>
    internal ValueTask<SeenRequest> ArrivedAsync() => _arrived.Reader.ReadAsync();

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var request = new SeenRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body);
        lock (_seen)
        {
            _seen.Add(request);
        }

        _arrived.Writer.TryWrite(request);
        await Answer(context);
    }
}
