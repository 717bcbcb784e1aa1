using System.Net.Http.Headers;
using System.Text;

namespace EcuAgent.MerchantSim.Tests.Support;

/// <summary>A plain HTTP client of the world that holds every answer against the published schemas where these are here.</summary>
internal sealed class AcpClient(MerchantWorld world) : IDisposable
{
    public const string Version = "2026-04-17";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private int _keys;

    public string NewKey() => FormattableString.Invariant($"key-{Interlocked.Increment(ref _keys)}");

    public static JsonObject Cart(IEnumerable<string> items, JsonObject? metadata = null, string currency = "eur")
    {
        var body = new JsonObject
        {
            ["currency"] = currency,
            ["line_items"] = new JsonArray([.. items.Select(i => new JsonObject { ["id"] = i })]),
            ["capabilities"] = new JsonObject { ["interventions"] = new JsonObject { ["supported"] = new JsonArray("3ds") } },
        };
        if (metadata is not null)
        {
            body["metadata"] = metadata;
        }

        return body;
    }

    public static JsonObject Address(string postalCode = "80339") => new()
    {
        ["name"] = "Ada Driver",
        ["address"] = new JsonObject
        {
            ["name"] = "Ada Driver",
            ["line_one"] = "Linden Lane 12",
            ["city"] = "Munich",
            ["state"] = "BY",
            ["country"] = "DE",
            ["postal_code"] = postalCode,
        },
    };

    public static JsonObject Payment(string token, string? outcome = null)
    {
        var body = new JsonObject
        {
            ["payment_data"] = new JsonObject
            {
                ["handler_id"] = "card_tokenized",
                ["instrument"] = new JsonObject { ["type"] = "card", ["credential"] = new JsonObject { ["type"] = "spt", ["token"] = token } },
            },
        };
        if (outcome is not null)
        {
            body["authentication_result"] = new JsonObject
            {
                ["outcome"] = outcome,
                ["outcome_details"] = new JsonObject
                {
                    ["three_ds_cryptogram"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                    ["electronic_commerce_indicator"] = "05",
                    ["transaction_id"] = "ds-1",
                    ["version"] = "2.2.0",
                },
            };
        }

        return body;
    }

    public Task<Reply> CreateAsync(string merchant, JsonObject body, string? key = null) => PostAsync($"{merchant}/checkout_sessions", body, key);

    public Task<Reply> CreateAsync(string merchant, params string[] items) => CreateAsync(merchant, Cart(items));

    public Task<Reply> UpdateAsync(string merchant, string id, JsonObject body, string? key = null) => PostAsync($"{merchant}/checkout_sessions/{id}", body, key);

    public Task<Reply> GetAsync(string merchant, string id) => SendAsync(HttpMethod.Get, $"{merchant}/checkout_sessions/{id}", null, null);

    public Task<Reply> CompleteAsync(string merchant, string id, string token, string? key = null, string? outcome = null) =>
        PostAsync($"{merchant}/checkout_sessions/{id}/complete", Payment(token, outcome), key);

    public Task<Reply> CancelAsync(string merchant, string id, string? key = null) => PostAsync($"{merchant}/checkout_sessions/{id}/cancel", new JsonObject(), key);

    public Task<Reply> CancelOrderAsync(string merchant, string orderId, JsonObject? body = null, string? key = null) =>
        PostAsync($"{merchant}/orders/{orderId}/cancel", body ?? new JsonObject(), key);

    public static JsonObject Delegation(
        string merchant, string session, long max = 100_000, string instrument = TestInstruments.AlwaysPays, string currency = "eur", string expiresAt = "2027-06-01T00:00:00Z") => new()
        {
            ["payment_method"] = new JsonObject
            {
                ["type"] = "card",
                ["card_number_type"] = "network_token",
                ["number"] = instrument,
                ["display_card_funding_type"] = "credit",
                ["display_last4"] = "4242",
                ["metadata"] = new JsonObject(),
            },
            ["allowance"] = new JsonObject
            {
                ["reason"] = "one_time",
                ["max_amount"] = max,
                ["currency"] = currency,
                ["checkout_session_id"] = session,
                ["merchant_id"] = merchant,
                ["expires_at"] = expiresAt,
            },
            ["risk_signals"] = new JsonArray(new JsonObject { ["type"] = "card_testing", ["score"] = 1, ["action"] = "authorized" }),
            ["metadata"] = new JsonObject { ["trip"] = "t-1" },
        };

    public Task<Reply> DelegateAsync(JsonObject body, string? key = null) => PostAsync("psp/agentic_commerce/delegate_payment", body, key);

    public async Task<string> TokenAsync(string merchant, string session, long max = 100_000, string instrument = TestInstruments.AlwaysPays) =>
        (await DelegateAsync(Delegation(merchant, session, max, instrument))).Expect(201).Id;

    /// <summary>Opens, grants and completes.</summary>
    public async Task<Reply> BuyAsync(string merchant, JsonObject cart)
    {
        var session = (await CreateAsync(merchant, cart)).Expect(201);
        Assert.Equal("ready_for_payment", session.State);
        var done = (await CompleteAsync(merchant, session.Id, await TokenAsync(merchant, session.Id))).Expect(200);
        Assert.Equal("completed", done.State);
        return done;
    }

    public Task<Reply> PostAsync(string path, JsonNode body, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body.ToJsonString(), key ?? NewKey());

    /// <summary>Sends with all required headers; an entry of <paramref name="headers"/> replaces one, and a null takes it away.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, string? body, string? key, params (string Name, string? Value)[] headers)
    {
        using var message = new HttpRequestMessage(method, new Uri(world.BaseUrl, path));
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Authorization"] = $"Bearer {MerchantWorldOptions.DefaultApiKey}",
            ["API-Version"] = Version,
            ["Idempotency-Key"] = key,
        };
        if (body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        foreach (var (name, value) in all.Where(h => h.Value is not null))
        {
            if (name == "Content-Type")
            {
                message.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value!);
            }
            else
            {
                Assert.True(message.Headers.TryAddWithoutValidation(name, value));
            }
        }

        using var response = await _http.SendAsync(message);
        var reply = new Reply(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsByteArrayAsync());
        AnswerCheck.Check(method, path, reply);
        return reply;
    }

    public void Dispose() => _http.Dispose();
}
