using System.Security.Cryptography;
using System.Text;

namespace EcuAgent.MerchantSim.Tests.Ucp;

/// <summary>Signatures that the merchants make and those that they are given, with arithmetic of the tests' own.</summary>
public sealed class UcpSignatureTests : IDisposable
{
    private const string Agent = "profile=\"https://platform.example/profile\"";

    private readonly ECDsa _client = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(Rig.Trattoria, "cs_none", 404)]
    [InlineData(Rig.Hotel, "cs_none", 404)]
    public async Task Answer_OfEveryMerchant_IsSignedWithItsPublishedKey(string merchant, string session, int status)
    {
        await using var rig = await Rig.StartAsync();
        using var client = new HttpClient();
        var response = await SendAsync(client, rig, HttpMethod.Get, $"{merchant}/checkout-sessions/{session}", null);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.True(await HoldsAsync(client, rig, merchant, response));
        Assert.False(await HoldsAsync(client, rig, merchant == Rig.Hotel ? Rig.Trattoria : Rig.Hotel, response));
    }

    [Fact]
    public async Task Answer_SpoiltByAFaultOfContent_IsSignedAsItLeaves()
    {
        await using var rig = await Rig.StartAsync();
        using var client = new HttpClient();
        rig.World.Faults.Add(FaultKind.GarbageBody, SimOperation.Get);

        Assert.True(await HoldsAsync(client, rig, Rig.Trattoria, await SendAsync(client, rig, HttpMethod.Get, $"{Rig.Trattoria}/checkout-sessions/x", null)));
    }

    [Theory]
    [InlineData("good", 404, "session_not_found")]
    [InlineData("none", 401, "signature_missing")]
    [InlineData("body", 400, "digest_mismatch")]
    [InlineData("header", 401, "signature_invalid")]
    [InlineData("path", 401, "signature_invalid")]
    [InlineData("not covered", 401, "signature_invalid")]
    [InlineData("key", 401, "key_not_found")]
    [InlineData("form", 401, "signature_invalid")]
    public async Task Request_Signature_IsVerifiedWithTheKeyOfTheOption(string what, int status, string code)
    {
        await using var rig = await Rig.StartAsync(options => options with { UcpSigned = true, UcpClientKey = Jwk("client-1").ToJsonString() });
        using var client = new HttpClient();
        const string Path = $"{Rig.Trattoria}/checkout-sessions/cs_none/cancel";
        using var request = Request(rig, HttpMethod.Post, Path, "{}");
        if (what != "none")
        {
            Sign(request, "{}", what == "key" ? "client-2" : "client-1", what == "not covered" ? ["@method", "@authority", "@path", "ucp-agent", "content-digest", "content-type"] : null);
        }

        switch (what)
        {
            case "body":
                request.Content = new StringContent("{ }", Encoding.UTF8, "application/json");
                break;
            case "header":
                request.Headers.Remove("Idempotency-Key");
                request.Headers.Add("Idempotency-Key", "another");
                break;
            case "path":
                request.RequestUri = new Uri(rig.World.BaseUrl, Path.Replace("cs_none", "cs_other", StringComparison.Ordinal));
                break;
            case "form":
                request.Headers.Remove("Signature-Input");
                request.Headers.Add("Signature-Input", "sig1=()");
                break;
        }

        var response = await client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["messages"]![0]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Request_UnsignedOrOfSomebodyWithoutAProfile_IsTakenUnlessAskedFor()
    {
        await using var rig = await Rig.StartAsync();
        using var client = new HttpClient();
        using var signed = Request(rig, HttpMethod.Post, $"{Rig.Trattoria}/checkout-sessions/cs_none/cancel", "{}");
        Sign(signed, "{}", "client-1", null);

        Assert.Equal(404, (int)(await SendAsync(client, rig, HttpMethod.Get, $"{Rig.Trattoria}/checkout-sessions/x", null)).StatusCode);
        Assert.Equal(404, (int)(await client.SendAsync(signed)).StatusCode);
    }

    [Fact]
    public async Task OrderEvents_OfUcp_AreSignedOrdersAndFaultsForgeThem()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await Rig.StartAsync(options => options with { WebhookUrl = receiver.Url + "/{merchant}" });
        using var client = new HttpClient();
        var created = await SendAsync(client, rig, HttpMethod.Post, $"{Rig.Trattoria}/checkout-sessions", """{"line_items":[{"item":{"id":"tiramisu"},"quantity":1}]}""");
        var id = JsonNode.Parse(await created.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        var token = await rig.Client.TokenAsync(Rig.Trattoria, id);
        rig.World.Faults.Add(FaultKind.WebhookForge, SimOperation.Webhook);
        var body = new JsonObject { ["payment_data"] = new JsonObject { ["id"] = "i", ["handler_id"] = "card_tokenized", ["type"] = "card", ["credential"] = new JsonObject { ["type"] = "token", ["token"] = token } } };
        Assert.Equal(200, (int)(await SendAsync(client, rig, HttpMethod.Post, $"{Rig.Trattoria}/checkout-sessions/{id}/complete", body.ToJsonString())).StatusCode);
        rig.World.Advance();
        await rig.World.WebhooksSettledAsync();

        var forged = await receiver.NextAsync();
        var genuine = await receiver.NextAsync();
        Assert.False(await IsEventAsync(client, rig, forged, receiver.Url));
        Assert.True(await IsEventAsync(client, rig, genuine, receiver.Url));
        Assert.Equal((id, "processing"), (genuine.Body.GetProperty("checkout_id").GetString(), genuine.Body.GetProperty("fulfillment").GetProperty("events")[0].GetProperty("type").GetString()));
        Assert.NotEqual(forged.Body.GetProperty("event_id").GetString(), genuine.Body.GetProperty("event_id").GetString());
        Assert.All(UcpSdk.Judge([("OrderSchema", genuine.Body)]), Assert.Null);
        Assert.Empty(genuine.Signature);

        // A client's profile has one address for all merchants.
        Assert.Equal("/events", genuine.Path);
        var folder = Directory.CreateTempSubdirectory("merchant-sim-registry-");
        try
        {
            var registry = JsonNode.Parse(await File.ReadAllTextAsync(rig.World.WriteRegistry(folder.FullName, ucpMerchants: [Rig.Trattoria])))!;
            Assert.Equal(receiver.Url, registry["ucp"]!["webhookUrl"]!.GetValue<string>());
            Assert.All(registry["merchants"]!.AsArray(), merchant => Assert.Equal(merchant!["protocol"]!.GetValue<string>() == "acp", merchant.AsObject().ContainsKey("webhookSecret")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Registry_ForUcp_NamesAKeyWhosePublicPartThisServerHosts()
    {
        await using var rig = await Rig.StartAsync();
        using var client = new HttpClient();
        Assert.Equal(404, (int)(await client.GetAsync(new Uri(rig.World.BaseUrl, "platform/ucp"))).StatusCode);
        var folder = Directory.CreateTempSubdirectory("merchant-sim-registry-");
        try
        {
            var registry = JsonNode.Parse(await File.ReadAllTextAsync(rig.World.WriteRegistry(folder.FullName, ucpMerchants: [Rig.Hotel])))!;

            Assert.Equal([Rig.Hotel], registry["merchants"]!.AsArray().Where(m => m!["protocol"]!.GetValue<string>() == "ucp").Select(m => m!["id"]!.GetValue<string>()));
            var own = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, registry["ucp"]!["signingKeyFile"]!.GetValue<string>())))!;
            var hosted = JsonNode.Parse(await client.GetStringAsync(new Uri(registry["ucp"]!["profileUrl"]!.GetValue<string>())))!["signing_keys"]![0]!.AsObject();
            Assert.Equal((own["kid"]!.ToString(), own["x"]!.ToString()), (hosted["kid"]!.ToString(), hosted["x"]!.ToString()));
            Assert.NotNull(own["d"]);
            Assert.False(hosted.ContainsKey("d"));
            Assert.Throws<ArgumentException>(() => rig.World.WriteRegistry(folder.FullName, ucpMerchants: ["nobody"]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static HttpRequestMessage Request(Rig rig, HttpMethod method, string path, string? body)
    {
        var request = new HttpRequestMessage(method, new Uri(rig.World.BaseUrl, path));
        request.Headers.Add("UCP-Agent", Agent);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Rig rig, HttpMethod method, string path, string? body)
    {
        using var request = Request(rig, method, path, body);
        return await client.SendAsync(request);
    }

    private static async Task<ECDsa> KeyAsync(HttpClient client, Rig rig, string merchant)
    {
        var profile = JsonNode.Parse(await client.GetStringAsync(new Uri(rig.World.BaseUrl, $"{merchant}/.well-known/ucp")))!;
        Assert.All(UcpSdk.Judge([("UcpDiscoveryProfileSchema", JsonSerializer.SerializeToElement(profile))]), Assert.Null);
        var jwk = profile["signing_keys"]![0]!;
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(jwk["x"]!.ToString()), Y = Bytes(jwk["y"]!.ToString()) },
        });
    }

    private static byte[] Bytes(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static string Digest(byte[] body) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";

    private static async Task<bool> HoldsAsync(HttpClient client, Rig rig, string merchant, HttpResponseMessage response)
    {
        using var key = await KeyAsync(client, rig, merchant);
        var body = await response.Content.ReadAsByteArrayAsync();
        var input = response.Headers.GetValues("Signature-Input").Single();
        Assert.StartsWith("sig1=(\"@status\" \"content-type\" \"content-digest\");created=", input, StringComparison.Ordinal);
        Assert.Equal(Digest(body), response.Headers.GetValues("Content-Digest").Single());
        var text = $"\"@status\": {(int)response.StatusCode}\n\"content-type\": {response.Content.Headers.ContentType}\n\"content-digest\": {Digest(body)}\n\"@signature-params\": {input["sig1=".Length..]}";
        return key.VerifyData(Encoding.UTF8.GetBytes(text), Signature(response.Headers.GetValues("Signature").Single()), HashAlgorithmName.SHA256);
    }

    private static async Task<bool> IsEventAsync(HttpClient client, Rig rig, WebhookReceiver.Received received, string url)
    {
        using var key = await KeyAsync(client, rig, Rig.Trattoria);
        var target = new Uri(url);
        var input = received.Headers["Signature-Input"];
        Assert.Contains("(\"@method\" \"@authority\" \"@path\" \"ucp-agent\" \"content-type\" \"content-digest\");created=", input, StringComparison.Ordinal);
        var text = $"\"@method\": POST\n\"@authority\": {target.Authority}\n\"@path\": {target.AbsolutePath}\n\"ucp-agent\": profile=\"{rig.World.UrlOf(Rig.Trattoria)}/.well-known/ucp\"\n"
            + $"\"content-type\": application/json\n\"content-digest\": {Digest(received.Raw)}\n\"@signature-params\": {input["sig1=".Length..]}";
        return key.VerifyData(Encoding.UTF8.GetBytes(text), Signature(received.Headers["Signature"]), HashAlgorithmName.SHA256);
    }

    private static byte[] Signature(string field) => Convert.FromBase64String(field["sig1=:".Length..^1]);

    private JsonObject Jwk(string id)
    {
        var point = _client.ExportParameters(false).Q;
        return new JsonObject
        {
            ["kid"] = id,
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = System.Buffers.Text.Base64Url.EncodeToString(point.X),
            ["y"] = System.Buffers.Text.Base64Url.EncodeToString(point.Y),
        };
    }

    private void Sign(HttpRequestMessage request, string body, string keyId, string[]? covered)
    {
        var digest = Digest(Encoding.UTF8.GetBytes(body));
        var values = new Dictionary<string, string>
        {
            ["@method"] = request.Method.Method,
            ["@authority"] = request.RequestUri!.Authority,
            ["@path"] = request.RequestUri.AbsolutePath,
            ["ucp-agent"] = Agent,
            ["idempotency-key"] = request.Headers.GetValues("Idempotency-Key").Single(),
            ["content-digest"] = digest,
            ["content-type"] = "application/json",
        };
        covered ??= [.. values.Keys];
        var input = $"({string.Join(' ', covered.Select(name => $"\"{name}\""))});keyid=\"{keyId}\"";
        var text = string.Concat(covered.Select(name => $"\"{name}\": {values[name]}\n")) + $"\"@signature-params\": {input}";
        request.Headers.Add("Content-Digest", digest);
        request.Headers.Add("Signature-Input", $"sig1={input}");
        request.Headers.Add("Signature", $"sig1=:{Convert.ToBase64String(_client.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256))}:");
    }
}
