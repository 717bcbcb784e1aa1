using System.Security.Cryptography;

namespace EcuAgent.Commerce.Signatures;

/// <summary>RFC 9530's <c>Content-Digest</c> with SHA-256 over the raw bytes.</summary>
internal static class ContentDigest
{
    internal const string Header = "Content-Digest";

    private const string Algorithm = "sha-256";

    internal static string Of(ReadOnlySpan<byte> body) => $"{Algorithm}={SfBare.Of(SHA256.HashData(body))}";

    /// <summary>True where the field has a digest of this algorithm and it is the body's; digests of others are passed over.</summary>
    internal static bool IsOf(string? field, ReadOnlySpan<byte> body) =>
        SfParser.Dictionary(field)?.GetValueOrDefault(Algorithm).Item?.Value.Bytes is { } told
        && CryptographicOperations.FixedTimeEquals(told, SHA256.HashData(body));
}
