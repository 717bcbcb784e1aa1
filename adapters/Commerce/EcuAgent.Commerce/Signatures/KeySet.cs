using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace EcuAgent.Commerce.Signatures;

/// <summary>Published keys by their ids. A key that cannot be used here is there all the same, so that it can be told from one that is not.</summary>
internal sealed class KeySet
{
    private readonly FrozenDictionary<string, ECParameters?> _keys;

    internal KeySet(IEnumerable<Jwk> keys) =>
        _keys = keys
            .Where(key => key.Kid is { Length: > 0 })
            .DistinctBy(key => key.Kid)
            .ToFrozenDictionary(key => key.Kid!, key => key.ToPublic(), StringComparer.Ordinal);

    internal static KeySet None { get; } = new([]);

    internal bool IsEmpty => _keys.Count == 0;

    /// <summary>Whether the key is published, and its value where it can be used.</summary>
    internal (bool IsKnown, ECParameters? Key) Find(string keyId) => _keys.TryGetValue(keyId, out var key) ? (true, key) : (false, null);

    /// <summary>True for a signature (r and s, 32 bytes each) of the text. DER is refused.</summary>
    internal static bool IsSignedBy(ECParameters parameters, string text, byte[] signature)
    {
        using var key = ECDsa.Create(parameters);
        return key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
