using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Buyer;

namespace EcuAgent.Bench.Commerce;

/// <summary>
/// The peer: the same requests for the same pizza, by <see cref="HttpClient"/> and nothing else. No journal, no check of an answer, no rule.
/// </summary>
internal sealed class PlainOrder : IDisposable
{
    private const string Provider = "psp/agentic_commerce/delegate_payment";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    internal PlainOrder(MerchantProcess merchants)
    {
        _http.BaseAddress = merchants.Origin;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", File.ReadAllText(Path.Combine(Path.GetDirectoryName(merchants.Registry)!, "merchant-key")));
        _http.DefaultRequestHeaders.Add("API-Version", "2026-04-17");
    }

    /// <summary>Requests that one order takes: create, choice of pickup, read, token, complete, read.</summary>
    internal static int Requests => 6;

    internal async Task BuyAsync()
    {
        var session = await PostAsync($"{Shopping.MerchantId}/checkout_sessions", new JsonObject
        {
            ["currency"] = "eur",
            ["line_items"] = new JsonArray(new JsonObject { ["id"] = Shopping.OfferId }),
            ["capabilities"] = new JsonObject { ["interventions"] = new JsonObject { ["supported"] = new JsonArray() } },
        });
        var id = (string)session["id"]!;
        var own = $"{Shopping.MerchantId}/checkout_sessions/{id}";
        var option = session["fulfillment_options"]!.AsArray().First(candidate => (string?)candidate!["type"] == "pickup")!;
        await PostAsync(own, new JsonObject
        {
            ["selected_fulfillment_options"] = new JsonArray(new JsonObject
            {
                ["type"] = "pickup",
                ["option_id"] = (string)option["id"]!,
                ["item_ids"] = new JsonArray(Shopping.OfferId),
            }),
        });
        await GetAsync(own);
        var token = await PostAsync(Provider, new JsonObject
        {
            ["payment_method"] = new JsonObject
            {
                ["type"] = "card",
                ["card_number_type"] = "network_token",
                ["number"] = "sim_token_pays",
                ["display_card_funding_type"] = "credit",
                ["metadata"] = new JsonObject(),
            },
            ["allowance"] = new JsonObject
            {
                ["reason"] = "one_time",
                ["max_amount"] = 100_000,
                ["currency"] = "eur",
                ["checkout_session_id"] = id,
                ["merchant_id"] = Shopping.MerchantId,
                ["expires_at"] = DateTimeOffset.UtcNow.AddMinutes(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            },
            ["risk_signals"] = new JsonArray(),
            ["metadata"] = new JsonObject(),
        });
        await PostAsync(own + "/complete", new JsonObject
        {
            ["payment_data"] = new JsonObject
            {
                ["handler_id"] = "card_tokenized",
                ["instrument"] = new JsonObject
                {
                    ["type"] = "card",
                    ["credential"] = new JsonObject { ["type"] = "spt", ["token"] = (string)token["id"]! },
                },
            },
        });
        var done = await GetAsync(own);
        if ((string?)done["status"] != "completed")
        {
            throw new InvalidOperationException($"the plain order ended as {done["status"]}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await SendAsync(request);
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request);
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonNode>())!
            : throw new InvalidOperationException($"{request.RequestUri} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
