using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Receiver;
using EcuAgent.Commerce.Webhooks;

namespace EcuAgent.Commerce.Tests.Receiver;

/// <summary>A listening receiver before a real registry, and what it hands over.</summary>
internal sealed class ReceiverRig : IAsyncDisposable
{
    internal static readonly ReceiverOptions Loopback = new() { Listen = "http://127.0.0.1:0" };

    private readonly Shop _shop;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 8 });

    private ReceiverRig(Shop shop) => _shop = shop;

    internal OrderEventReceiver Receiver { get; private set; } = null!;

    internal List<OrderUpdate> HandedOver { get; } = [];

    internal bool HasRoom { get; set; } = true;

    internal Microsoft.Extensions.Time.Testing.FakeTimeProvider Time => _shop.Time;

    internal LogList Logs => _shop.Logs;

    internal static async Task<ReceiverRig> StartAsync(ReceiverOptions? options = null, Action<JsonObject>? registry = null)
    {
        var rig = new ReceiverRig(new Shop("http://127.0.0.1:9/acp", ownClock: true, change: registry));
        try
        {
            rig.Receiver = await OrderEventReceiver.StartAsync(options ?? Loopback, rig._shop.Adapter.Webhooks, rig.Take, rig.Time, rig.Logs);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    internal static byte[] Event(string status = "shipped", string order = Sessions.OrderId) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["type"] = "order_update", ["data"] = Sessions.Order(status).With("id", order) }.ToJsonString());

    internal string Sign(byte[] body, string secret = RegistryFolder.WebhookSecret, int ageS = 0)
    {
        var time = Time.GetUtcNow().ToUnixTimeSeconds() - ageS;
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"{time}."), .. body]))}";
    }

    internal Task<(int Status, string Body)> PostAsync(byte[] body, string? signature = null, string path = "/orders/trattoria", string type = "application/json") =>
        SendAsync(HttpMethod.Post, path, new ByteArrayContent(body) { Headers = { ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type) } }, signature ?? Sign(body));

    internal async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, HttpContent? content, string? signature)
    {
        using var request = new HttpRequestMessage(method, new Uri(Receiver.Url, path)) { Content = content };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Merchant-Signature", signature);
        }

        using var response = await _client.SendAsync(request);
        Assert.False(response.Headers.Contains("Server"));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A connection of one's own, to say what no client would.</summary>
    internal async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Receiver.Url.Host, Receiver.Url.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>What comes until the other side closes.</summary>
    internal static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // A reset after the answer ends it as well.
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (Receiver is not null)
        {
            await Receiver.DisposeAsync();
        }

        _shop.Dispose();
    }

    private bool Take(OrderUpdate update)
    {
        if (HasRoom)
        {
            lock (HandedOver)
            {
                HandedOver.Add(update);
            }
        }

        return HasRoom;
    }
}
