using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>A real HTTP server on 127.0.0.1 that keeps what it was sent and answers as the test says. Its discovery document is apart.</summary>
internal sealed class MerchantServer : IAsyncDisposable
{
    private const string WellKnown = "/.well-known/";

    private readonly WebApplication _app;
    private readonly List<SeenRequest> _seen = [];
    private readonly List<SeenRequest> _discoveries = [];

    private MerchantServer(WebApplication app) => _app = app;

    /// <summary>How requests are answered, given the request and how many came before it.</summary>
    internal Func<SeenRequest, int, Answer> Answer { get; set; } = (_, _) => Support.Answer.Json(Sessions.Session().ToJsonString());

    /// <summary>How a request for a discovery document is answered, given its path.</summary>
    internal Func<string, Answer> Discovery { get; set; } = _ => Support.Answer.Error(404, "not_found");

    /// <summary>All requests but those for the discovery document.</summary>
    internal IReadOnlyList<SeenRequest> Seen => Copy(_seen);

    internal IReadOnlyList<SeenRequest> Discoveries => Copy(_discoveries);

    internal Uri Address { get; private set; } = new("http://127.0.0.1/");

    internal string Base => new Uri(Address, "acp").AbsoluteUri;

    internal static async Task<MerchantServer> StartAsync(X509Certificate2? certificate = null)
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
        var server = new MerchantServer(builder.Build());
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.First());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static IReadOnlyList<SeenRequest> Copy(List<SeenRequest> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new SeenRequest(
            context.Request.Method,
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        if (request.Path.Contains(WellKnown, StringComparison.Ordinal))
        {
            lock (_discoveries)
            {
                _discoveries.Add(request);
            }

            await Discovery(request.Path).WriteAsync(context);
            return;
        }

        int before;
        lock (_seen)
        {
            before = _seen.Count;
            _seen.Add(request);
        }

        await Answer(request, before).WriteAsync(context);
    }
}
