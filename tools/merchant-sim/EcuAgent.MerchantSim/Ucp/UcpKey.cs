using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>A key of ES256, with or without its private part.</summary>
internal sealed class UcpKey
{
    private readonly ECParameters _key;

    private UcpKey(string id, ECParameters key)
    {
        Id = id;
        _key = key;
    }

    public string Id { get; }

    public static UcpKey Make(string id)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new UcpKey(id, key.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>A public key out of a JWK; null where it is another kind of key, or none.</summary>
    public static UcpKey? Of(JsonElement jwk)
    {
        if (jwk.ValueKind is not JsonValueKind.Object || JsonRead.Text(jwk, "kty") != "EC" || JsonRead.Text(jwk, "crv") != "P-256" || JsonRead.Text(jwk, "kid") is not { } id)
        {
            return null;
        }

        try
        {
            var point = new ECPoint { X = Base64Url.DecodeFromChars(JsonRead.Text(jwk, "x")), Y = Base64Url.DecodeFromChars(JsonRead.Text(jwk, "y")) };
            var key = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point };
            using var tried = ECDsa.Create(key);
            return new UcpKey(id, key);
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return null;
        }
    }

    public JsonObject ToJwk() => new()
    {
        ["kid"] = Id,
        ["kty"] = "EC",
        ["crv"] = "P-256",
        ["x"] = Base64Url.EncodeToString(_key.Q.X),
        ["y"] = Base64Url.EncodeToString(_key.Q.Y),
        ["use"] = "sig",
        ["alg"] = "ES256",
    };

    /// <summary>The whole key, for the one whom it belongs to.</summary>
    public string ToPrivateJwk()
    {
        var jwk = ToJwk();
        jwk["d"] = Base64Url.EncodeToString(_key.D);
        return jwk.ToJsonString();
    }

    public byte[] Sign(string text)
    {
        using var key = ECDsa.Create(_key);
        return key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256);
    }

    public bool Verify(string text, byte[] signature)
    {
        using var key = ECDsa.Create(_key);
        return key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256);
    }
}
