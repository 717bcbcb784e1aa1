using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Signatures;

/// <summary>A JSON Web Key (RFC 7517) as far as ECDSA P-256 has members. Keys of other kinds are read, and cannot be used.</summary>
internal sealed record Jwk
{
    private const int CoordinateBytes = 32;
    private const string CurveOid = "1.2.840.10045.3.1.7";

    public string? Kid { get; init; }

    public string? Kty { get; init; }

    public string? Crv { get; init; }

    public string? X { get; init; }

    public string? Y { get; init; }

    public string? Use { get; init; }

    public string? Alg { get; init; }

    /// <summary>The private part; never written.</summary>
    public string? D { get; init; }

    [JsonIgnore]
    internal bool IsUsable => Kty == "EC" && Crv == "P-256" && Use is null or "sig" && Alg is null or "ES256";

    /// <summary>RFC 7638, SHA-256.</summary>
    [JsonIgnore]
    internal string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"{{Crv}}","kty":"{{Kty}}","x":"{{X}}","y":"{{Y}}"}""")));

    internal static Jwk? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, JwkJson.Default.Jwk);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static bool IsP256(ECParameters parameters) => parameters.Curve.Oid?.Value == CurveOid || parameters.Curve.Oid?.FriendlyName is "nistP256" or "ECDSA_P256";

    internal static Jwk OfPublic(ECParameters key) => new()
    {
        Kty = "EC",
        Crv = "P-256",
        X = Base64Url.EncodeToString(key.Q.X),
        Y = Base64Url.EncodeToString(key.Q.Y),
        Use = "sig",
        Alg = "ES256",
    };

    /// <summary>The public key; null where it is of another kind, or no point of the curve.</summary>
    internal ECParameters? ToPublic() => ToKey(null);

    /// <summary>The private key; null where there is none.</summary>
    internal ECParameters? ToPrivate() => Bytes(D) is { } secret ? ToKey(secret) : null;

    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(Jwk);

    private ECParameters? ToKey(byte[]? secret)
    {
        if (!IsUsable || Bytes(X) is not { } x || Bytes(Y) is not { } y)
        {
            return null;
        }

        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y }, D = secret };
        try
        {
            using var key = ECDsa.Create(parameters);
            return parameters;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string? text)
    {
        if (text is null || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length == CoordinateBytes ? bytes : null;
    }
}

/// <summary>The JSON of keys.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 8)]
[JsonSerializable(typeof(Jwk))]
internal sealed partial class JwkJson : JsonSerializerContext;
