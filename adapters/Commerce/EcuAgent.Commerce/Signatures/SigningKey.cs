using System.Security.Cryptography;
using System.Text;

namespace EcuAgent.Commerce.Signatures;

/// <summary>A private key of ECDSA P-256 (ES256). Its text form never shows it.</summary>
internal sealed class SigningKey
{
    private readonly ECParameters _parameters;

    private SigningKey(ECParameters parameters, string? keyId)
    {
        _parameters = parameters;
        PublicKey = Jwk.OfPublic(parameters);
        KeyId = keyId ?? PublicKey.Thumbprint;
    }

    /// <summary>Its own name, or else the thumbprint of RFC 7638.</summary>
    internal string KeyId { get; }

    internal Jwk PublicKey { get; }

    /// <summary>A key out of PEM (SEC 1 or PKCS 8) or a JWK; null where the text is neither, or another kind of key.</summary>
    internal static SigningKey? Read(string text)
    {
        if (Jwk.Read(text) is { } jwk)
        {
            return jwk.ToPrivate() is { } parameters ? new SigningKey(parameters, jwk.Kid) : null;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(text);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            return Jwk.IsP256(parameters) ? new SigningKey(parameters, null) : null;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The signature of a text: r and s, 32 bytes each.</summary>
    internal byte[] Sign(string text)
    {
        // One for each signature: instances are not made for several threads.
        using var key = ECDsa.Create(_parameters);
        return key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public override string ToString() => $"key {KeyId}";
}
