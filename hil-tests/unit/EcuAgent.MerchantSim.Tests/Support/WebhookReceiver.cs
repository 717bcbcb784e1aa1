using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcuAgent.MerchantSim.Tests.Support;

/// <summary>A real receiver of order events that verifies as the protocol says, with its own arithmetic.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _arrived = Channel.CreateUnbounded<Received>();

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>Status for the next event; 200 unless set.</summary>
    public Func<int> Answer { get; set; } = () => 200;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.HandleAsync);
        await receiver._app.StartAsync();
        receiver.Url = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/events";
        return receiver;
    }

    public ValueTask<Received> NextAsync() => _arrived.Reader.ReadAsync();

    /// <summary>All that have arrived and were not taken.</summary>
    public Received[] Rest()
    {
        var rest = new List<Received>();
        while (_arrived.Reader.TryRead(out var received))
        {
            rest.Add(received);
        }

        return [.. rest];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var received = new Received(context.Request.Path, body.ToArray(), headers["Merchant-Signature"].ToString(), headers["Request-Id"].ToString())
        {
            Headers = headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
        context.Response.StatusCode = Answer();
        await context.Response.CompleteAsync();
        _arrived.Writer.TryWrite(received);
    }

    internal sealed record Received(string Path, byte[] Raw, string Signature, string RequestId)
    {
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

        public JsonElement Body
        {
            get
            {
                using var document = JsonDocument.Parse(Raw);
                return document.RootElement.Clone();
            }
        }

        public string Type => Body.GetProperty("type").GetString()!;

        public string OrderState => Body.GetProperty("data").GetProperty("status").GetString()!;

        public DateTimeOffset SignedAt => DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(Signature.Split(',')[0]["t=".Length..], System.Globalization.CultureInfo.InvariantCulture));

        public bool IsSignedWith(string secret)
        {
            var parts = Signature.Split(',');
            var signed = Encoding.UTF8.GetBytes(parts[0]["t=".Length..] + ".").Concat(Raw).ToArray();
            return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)) == parts[1]["v1=".Length..];
        }
    }
}
