using System.Security.Cryptography;
using System.Text;
using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Tests.Signatures;

/// <summary>The examples of RFC 9421, appendix B: each text that is signed is made here and held against the published signature.</summary>
public sealed class Rfc9421Tests
{
    private const string RequestDigest = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    private const string ResponseDigest = "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";
    private const string SharedSecret = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";

    private const string ClientCertificate =
        ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:";

    private const string PssKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
        +QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
        oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
        gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
        Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
        aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
        2wIDAQAB
        -----END PUBLIC KEY-----
        """;

    private static readonly Jwk Ecc = new()
    {
        Kid = "test-key-ecc-p256",
        Kty = "EC",
        Crv = "P-256",
        X = "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
        Y = "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0",
    };

    private static readonly SignedMessage Request = new()
    {
        Method = "POST",
        Target = new Uri("https://example.com/foo?param=Value&Pet=dog"),
        Fields = new Dictionary<string, string>
        {
            ["date"] = "Tue, 20 Apr 2021 02:07:55 GMT",
            ["content-type"] = "application/json",
            ["content-digest"] = RequestDigest,
            ["content-length"] = "18",
        },
    };

    private static readonly SignedMessage Response = new()
    {
        Status = 200,
        Fields = new Dictionary<string, string>
        {
            ["date"] = "Tue, 20 Apr 2021 02:07:56 GMT",
            ["content-type"] = "application/json",
            ["content-digest"] = ResponseDigest,
            ["content-length"] = "23",
        },
    };

    // B.2.1, B.2.2 and B.2.3
    [Theory]
    [InlineData("sig-b21=();created=1618884473;keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"", "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==")]
    [InlineData("sig-b22=(\"@authority\" \"content-digest\" \"@query-param\";name=\"Pet\");created=1618884473;keyid=\"test-key-rsa-pss\";tag=\"header-example\"", "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==")]
    [InlineData("sig-b23=(\"date\" \"@method\" \"@path\" \"@query\" \"@authority\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-rsa-pss\"", "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==")]
    public void Base_SignedByRsaPss_IsTheOneThatWasSigned(string input, string signature)
    {
        using var key = RSA.Create();
        key.ImportFromPem(PssKey);

        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes(BaseOf(input, Request)), Convert.FromBase64String(signature), HashAlgorithmName.SHA512, RSASignaturePadding.Pss));
    }

    [Fact]
    public void B24_EcdsaOfAnAnswer_Holds() => Assert.True(IsSigned(
        "sig-b24=(\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-ecc-p256\"",
        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==",
        Response));

    // B.3, a request that a proxy signed.
    [Fact]
    public void B3_EcdsaOfARequest_Holds() => Assert.True(IsSigned(
        "ttrp=(\"@path\" \"@query\" \"@method\" \"@authority\" \"client-cert\");created=1618884473;keyid=\"test-key-ecc-p256\"",
        "xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==",
        Request with { Target = new Uri("https://service.internal.example/foo?param=Value&Pet=dog"), Fields = new Dictionary<string, string> { ["client-cert"] = ClientCertificate } }));

    [Fact]
    public void B25_Hmac_IsTheOneThatWasSigned() => Assert.Equal(
        "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=",
        Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(SharedSecret),
            Encoding.ASCII.GetBytes(BaseOf("sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"", Request)))));

    // The platform has no Ed25519: the text of B.2.6 and of B.4, as they stand in the RFC.
    [Fact]
    public void B26AndB4_Base_IsThePublishedText()
    {
        Assert.Equal(
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n\"@authority\": example.com\n\"content-type\": application/json\n\"content-length\": 18\n"
            + "\"@signature-params\": (\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"",
            BaseOf("sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"", Request));
        Assert.Equal(
            "\"@method\": GET\n\"@path\": /demo\n\"@authority\": example.org\n\"accept\": application/json, */*\n"
            + "\"@signature-params\": (\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
            BaseOf(
                "transform=(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
                new SignedMessage { Method = "GET", Target = new Uri("https://EXAMPLE.org:443/demo?name1=Value1&Name2=value2"), Fields = new Dictionary<string, string> { ["accept"] = " application/json, */* " } }));
    }

    [Theory]
    [InlineData("s=(\"@method\" \"@method\")")]
    [InlineData("s=(\"@status\")")]
    [InlineData("s=(\"@made-up\")")]
    [InlineData("s=(\"x-not-there\")")]
    [InlineData("s=(\"content-type\";sf)")]
    [InlineData("s=(\"content-type\";bs)")]
    [InlineData("s=(\"@method\";req)")]
    [InlineData("s=(\"@query-param\")")]
    [InlineData("s=(\"@query-param\";name=\"none\")")]
    [InlineData("s=(\"@signature-params\")")]
    [InlineData("s=(method)")]
    public void Base_OfAComponentThatIsNone_IsNone(string input) =>
        Assert.Null(SignatureBase.Of(SfParser.Dictionary(input)!["s"].List!, Request));

    [Fact]
    public void Digest_OfRfc9530_IsThePublishedOne()
    {
        Assert.Equal("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:", ContentDigest.Of("{\"hello\": \"world\"}\n"u8));
        Assert.Equal("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", ContentDigest.Of("{\"hello\": \"world\"}"u8));
        Assert.True(ContentDigest.IsOf("sha-512=:AAAA:, sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", "{\"hello\": \"world\"}"u8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=")]
    [InlineData("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:")]
    [InlineData("sha-512=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")]
    [InlineData("sha-256=:X48E:")]
    [InlineData("sha-256=?1")]
    public void Digest_MissingOrOfAnotherBody_IsNot(string? field) => Assert.False(ContentDigest.IsOf(field, "{\"hello\": \"world\"}"u8));

    [Fact]
    public void Thumbprint_OfTheEcKey_IsTheHashOfItsRequiredMembers() =>
        Assert.Equal(
            Convert.ToBase64String(SHA256.HashData("""{"crv":"P-256","kty":"EC","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"}"""u8)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            Ecc.Thumbprint);

    private static bool IsSigned(string input, string signature, SignedMessage message) =>
        KeySet.IsSignedBy(new KeySet([Ecc]).Find("test-key-ecc-p256").Key!.Value, BaseOf(input, message), Convert.FromBase64String(signature));

    private static string BaseOf(string input, SignedMessage message) => SignatureBase.Of(SfParser.Dictionary(input)!.Single().Value.List!, message)!;
}
