using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>A merchant's signatures, with arithmetic of the tests' own.</summary>
internal sealed class MerchantSigner : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal MerchantSigner(string id = "merchant-1") => Id = id;

    internal string Id { get; }

    internal JsonObject Jwk
    {
        get
        {
            var point = _key.ExportParameters(false).Q;
            return new JsonObject
            {
                ["kid"] = Id,
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64Url.EncodeToString(point.X),
                ["y"] = Base64Url.EncodeToString(point.Y),
                ["use"] = "sig",
                ["alg"] = "ES256",
            };
        }
    }

    internal static string Digest(string body) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}:";

    /// <summary>The answer with the headers of its signature.</summary>
    internal Answer Sign(Answer answer, DateTimeOffset? created, string parameters = "", string[]? leaveOut = null) =>
        Headers(
            answer.Body,
            $"{(created is { } at ? $";created={at.ToUnixTimeSeconds()}" : "")};keyid=\"{Id}\"{parameters}",
            [.. new[] { ("@status", $"{answer.Status}"), ("content-type", answer.ContentType!), ("content-digest", Digest(answer.Body)) }.Where(p => leaveOut?.Contains(p.Item1) != true)])
        .Aggregate(answer, (signed, header) => signed.With(header.Key, header.Value));

    /// <summary>The headers of a request with an order event.</summary>
    internal Dictionary<string, string> SignEvent(string body, Uri receiver, string profile, string parameters)
    {
        var agent = $"profile=\"{profile}\"";
        var headers = Headers(
            body,
            $"{parameters};keyid=\"{Id}\"",
            [("@method", "POST"), ("@authority", receiver.Authority), ("@path", receiver.AbsolutePath), ("ucp-agent", agent), ("content-type", "application/json"), ("content-digest", Digest(body))]);
        headers["UCP-Agent"] = agent;
        headers["Content-Type"] = "application/json";
        return headers;
    }

    public void Dispose() => _key.Dispose();

    private Dictionary<string, string> Headers(string body, string parameters, (string Name, string Value)[] covered)
    {
        var input = $"({string.Join(' ', covered.Select(part => $"\"{part.Name}\""))}){parameters}";
        var text = string.Concat(covered.Select(part => $"\"{part.Name}\": {part.Value}\n")) + $"\"@signature-params\": {input}";
        return new Dictionary<string, string>
        {
            ["Content-Digest"] = Digest(body),
            ["Signature-Input"] = $"sig1={input}",
            ["Signature"] = $"sig1=:{Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256))}:",
        };
    }
}
