using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Tests.Ucp;

/// <summary>Signatures of what is sent and of what is answered.</summary>
public sealed class UcpSignatureTests : IAsyncLifetime
{
    private readonly MerchantSigner _signer = new();
    private readonly List<Shop> _shops = [];
    private MerchantServer _merchant = null!;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _merchant.Discovery = _ => Profile(_signer);
        _merchant.Answer = (_, _) => Signed(UcpSessions.Session());
    }

    public async ValueTask DisposeAsync()
    {
        _shops.ForEach(shop => shop.Dispose());
        _signer.Dispose();
        await _merchant.DisposeAsync();
    }

    [Fact]
    public async Task Requests_OfEveryOperation_AreSignedOverAllThatTheyHave()
    {
        var shop = Open(answersSigned: true);
        Assert.True((await shop.OpenAsync()).IsDone);
        Assert.True((await shop.UpdateAsync()).IsDone);
        Assert.True((await shop.GetAsync()).IsDone);
        Assert.True((await shop.CompleteAsync()).IsDone);
        Assert.True((await shop.CancelAsync()).IsDone);
        Assert.Equal(["POST", "PUT", "GET", "POST", "POST"], _merchant.Seen.Select(seen => seen.Method));

        using var key = ECDsa.Create();
        key.ImportFromPem(RegistryFolder.UcpSigningKeyPem);
        foreach (var seen in _merchant.Seen)
        {
            Assert.Equal("profile=\"https://car.example/ucp.json\"", seen.Headers["UCP-Agent"]);
            var input = seen.Headers["Signature-Input"];
            Assert.Contains($";created={shop.Time.GetUtcNow().ToUnixTimeSeconds()};keyid=\"", input, StringComparison.Ordinal);
            var parts = new List<string> { $"\"@method\": {seen.Method}", $"\"@authority\": {_merchant.Address.Authority}", $"\"@path\": {seen.Path}", "\"ucp-agent\": profile=\"https://car.example/ucp.json\"" };
            if (seen.Method != "GET")
            {
                Assert.Equal(MerchantSigner.Digest(seen.Body), seen.Headers["Content-Digest"]);
                parts.AddRange([$"\"idempotency-key\": {seen.Headers["Idempotency-Key"]}", $"\"content-digest\": {seen.Headers["Content-Digest"]}", $"\"content-type\": {seen.Headers["Content-Type"]}"]);
            }

            parts.Add($"\"@signature-params\": {input["sig1=".Length..]}");
            var signature = Convert.FromBase64String(seen.Headers["Signature"]["sig1=:".Length..^1]);
            Assert.Equal(64, signature.Length);
            Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(string.Join('\n', parts)), signature, HashAlgorithmName.SHA256));
        }
    }

    [Fact]
    public async Task Requests_WithoutAKey_AreNotSigned()
    {
        var shop = Open(answersSigned: false, registry => registry["ucp"]!.AsObject().Remove("signingKeyFile"));

        Assert.True((await shop.GetAsync()).IsDone);

        Assert.DoesNotContain("Signature", Assert.Single(_merchant.Seen).Headers.Keys);
        Assert.DoesNotContain("Content-Digest", _merchant.Seen[0].Headers.Keys);
    }

    public static TheoryData<string, string?> Answers => new()
    {
        { "as it should be", null },
        { "without a time", null },
        { "with a second signature that is none", null },
        { "another body", "digest_mismatch" },
        { "another status", "signature_invalid" },
        { "another digest", "digest_mismatch" },
        { "no digest", "digest_mismatch" },
        { "body not covered", "signature_covers_too_little" },
        { "status not covered", "signature_covers_too_little" },
        { "another signature", "signature_invalid" },
        { "another signer", "signature_invalid" },
        { "a key that is not published", "key_not_found" },
        { "a key of another kind", "algorithm_unsupported" },
        { "another algorithm", "algorithm_unsupported" },
        { "expired", "signature_out_of_time" },
        { "too old", "signature_out_of_time" },
        { "of the future", "signature_out_of_time" },
        { "no key named", "signature_malformed" },
        { "input that is none", "signature_malformed" },
        { "DER", "signature_invalid" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_WhoseSignatureDoesNotHold_IsNoAnswer(string what, string? reason)
    {
        // Whether signatures are asked for or not: one that is there and wrong tells of somebody who changed the answer.
        foreach (var isDemanded in new[] { true, false })
        {
            var shop = Open(isDemanded);
            var now = shop.Time.GetUtcNow();
            using var other = new MerchantSigner(what == "another signer" ? "merchant-1" : "merchant-2");
            var whole = Answer.Json(UcpSessions.Session().ToJsonString());
            _merchant.Answer = (_, _) => what switch
            {
                "as it should be" => _signer.Sign(whole, now),
                "without a time" => _signer.Sign(whole, null),
                "with a second signature that is none" => WithBefore(_signer.Sign(whole, now)),
                "another body" => _signer.Sign(whole, now) with { Body = UcpSessions.Session(total: 1).ToJsonString() },
                "another status" => _signer.Sign(whole, now) with { Status = 201 },
                "another digest" => _signer.Sign(whole, now).With("Content-Digest", MerchantSigner.Digest("{}")),
                "no digest" => _signer.Sign(whole, now).With("Content-Digest", ""),
                "body not covered" => _signer.Sign(whole, now, leaveOut: ["content-digest"]),
                "status not covered" => _signer.Sign(whole, now, leaveOut: ["@status"]),
                "another signature" => _signer.Sign(whole, now).With("Signature", _signer.Sign(whole, now.AddSeconds(1)).Headers["Signature"]),
                "another signer" or "a key that is not published" => other.Sign(whole, now),
                "a key of another kind" => Relabelled(_signer.Sign(whole, now), "rsa-1"),
                "another algorithm" => _signer.Sign(whole, now, ";alg=\"hmac-sha256\""),
                "expired" => _signer.Sign(whole, now, $";expires={now.ToUnixTimeSeconds() - 1}"),
                "too old" => _signer.Sign(whole, now.AddSeconds(-301)),
                "of the future" => _signer.Sign(whole, now.AddSeconds(301)),
                "no key named" => _signer.Sign(whole, now).With("Signature-Input", "sig1=(\"@status\")"),
                "input that is none" => _signer.Sign(whole, now).With("Signature-Input", "sig1"),
                _ => Der(_signer.Sign(whole, now)),
            };

            var answer = await shop.GetAsync();

            Assert.Equal(reason is null ? (CommerceOutcome.Done, CommerceReasons.Done) : (CommerceOutcome.Unknown, CommerceReasons.BadAnswer), (answer.Outcome, answer.Reason));
            Assert.Equal(reason is null ? [] : [$"Get at trattoria: the signature of the answer does not hold, {reason}"], shop.Logs.Lines.Where(line => line.Id == 2207).Select(line => line.Text));
        }
    }

    [Fact]
    public async Task Answer_Unsigned_CountsOnlyWhereSignaturesAreNotAskedFor()
    {
        _merchant.Answer = (_, _) => Answer.Json(UcpSessions.Session().ToJsonString());
        Assert.True((await Open(answersSigned: false).GetAsync()).IsDone);

        var shop = Open(answersSigned: true);
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await shop.GetAsync()));
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await shop.OpenAsync()));
        _merchant.Answer = (_, _) => Dialect.Ucp.Error(404, "not_found");
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await shop.CancelAsync()));
        _merchant.Answer = (_, _) => new Answer(401, "", null);
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await shop.CancelAsync()));
    }

    [Fact]
    public async Task Complete_ProfileNotToBeHadAndSignaturesAskedFor_IsNotSent()
    {
        _merchant.Discovery = _ => Answer.Json("{}", 404);
        var shop = Open(answersSigned: true);

        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.BadAnswer), Of(await shop.CompleteAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.BadAnswer), Of(await shop.GetAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.BadAnswer), Of(await shop.CancelAsync()));
        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.BadAnswer), Of(await shop.CancelOrderAsync()));
        Assert.Empty(_merchant.Seen);
    }

    [Fact]
    public async Task Key_AddedToTheProfile_IsFoundAMinuteLater()
    {
        var shop = Open(answersSigned: true);
        Assert.True((await shop.GetAsync()).IsDone);
        using var next = new MerchantSigner("merchant-2");
        _merchant.Discovery = _ => Profile(_signer, next);
        _merchant.Answer = (_, _) => next.Sign(Answer.Json(UcpSessions.Session().ToJsonString()), shop.Time.GetUtcNow());

        Assert.Equal(CommerceOutcome.Unknown, (await shop.GetAsync()).Outcome);
        shop.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await shop.GetAsync()).IsDone);
        Assert.Equal(2, _merchant.Discoveries.Count(seen => seen.Path.StartsWith("/.well-known", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Key_PemOrJwk_IsRead(bool isPem)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(true);
        var jwk = new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "car-1",
            ["x"] = Url(parameters.Q.X!), ["y"] = Url(parameters.Q.Y!), ["d"] = Url(parameters.D!),
        };

        var read = SigningKey.Read(isPem ? key.ExportECPrivateKeyPem() : jwk.ToJsonString())!;

        Assert.Equal(isPem ? read.PublicKey.Thumbprint : "car-1", read.KeyId);
        Assert.True(key.VerifyData("text"u8, read.Sign("text"), HashAlgorithmName.SHA256));
        Assert.DoesNotContain(Url(parameters.D!), read.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_OfAnotherKind_IsNone()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        Assert.Null(SigningKey.Read(p384.ExportPkcs8PrivateKeyPem()));
        Assert.Null(SigningKey.Read(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Null(SigningKey.Read(p256.ExportSubjectPublicKeyInfoPem()));
        Assert.Null(SigningKey.Read("{\"kty\":\"EC\",\"crv\":\"P-256\"}"));
        Assert.Null(SigningKey.Read("nothing"));
    }

    private static Answer Profile(params MerchantSigner[] signers)
    {
        var profile = UcpSessions.Profile("ecuagent.order_cancel");
        profile["signing_keys"] = new JsonArray([.. signers.Select(signer => signer.Jwk), new JsonObject { ["kid"] = "rsa-1", ["kty"] = "RSA", ["n"] = "AQAB", ["e"] = "AQAB" }]);
        return Answer.Json(profile.ToJsonString());
    }

    private static Answer Relabelled(Answer answer, string keyId) =>
        answer.With("Signature-Input", answer.Headers["Signature-Input"].Replace("merchant-1", keyId, StringComparison.Ordinal));

    private static Answer WithBefore(Answer answer) =>
        answer.With("Signature-Input", $"other=(\"@status\");keyid=\"nobody\", {answer.Headers["Signature-Input"]}").With("Signature", $"other=:AAAA:, {answer.Headers["Signature"]}");

    private static Answer Der(Answer answer)
    {
        var raw = Convert.FromBase64String(answer.Headers["Signature"]["sig1=:".Length..^1]);
        byte[] der = [0x30, 68, 0x02, 32, .. raw[..32], 0x02, 32, .. raw[32..]];
        return answer.With("Signature", $"sig1=:{Convert.ToBase64String(der)}:");
    }

    private static string Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static (CommerceOutcome, string) Of<T>(CommerceAnswer<T> answer)
        where T : class
        => (answer.Outcome, answer.Reason);

    private Answer Signed(JsonObject session) => _signer.Sign(Answer.Json(session.ToJsonString()), _shops[^1].Time.GetUtcNow());

    private Shop Open(bool answersSigned, Action<JsonObject>? change = null)
    {
        _shops.Add(new Shop(
            _merchant.Base,
            ownClock: true,
            change: registry =>
            {
                registry["merchants"]![0]!["answersSigned"] = answersSigned;
                change?.Invoke(registry);
            },
            dialect: Dialect.Ucp));
        return _shops[^1];
    }
}
