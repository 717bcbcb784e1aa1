using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>Signatures of RFC 9421 in the one form that UCP has: ES256 over components without parameters.</summary>
internal static partial class UcpSignature
{
    /// <summary>Headers that sign a message.</summary>
    /// <param name="key">The merchant's key.</param>
    /// <param name="at">When.</param>
    /// <param name="body">The body; may be empty.</param>
    /// <param name="parts">What is covered, in order, without the digest.</param>
    public static IReadOnlyList<(string Name, string Value)> Sign(UcpKey key, DateTimeOffset at, ReadOnlySpan<byte> body, params (string Name, string Value)[] parts)
    {
        var digest = Digest(body);
        (string Name, string Value)[] covered = body.Length > 0 ? [.. parts, ("content-digest", digest)] : parts;
        var names = string.Join(' ', covered.Select(p => $"\"{p.Name}\""));
        var input = FormattableString.Invariant($"({names});created={at.ToUnixTimeSeconds()};keyid=\"{key.Id}\"");
        var signature = Convert.ToBase64String(key.Sign(Base(covered, input)));
        return [("Content-Digest", digest), ("Signature-Input", $"sig1={input}"), ("Signature", $"sig1=:{signature}:")];
    }

    /// <summary>What is wrong with the signature of a request: status and code; null where it holds.</summary>
    /// <param name="parts">Every part of the request that a signature may cover, the fields in lower case.</param>
    /// <param name="body">The body; may be empty.</param>
    /// <param name="keys">The client's keys.</param>
    public static (int Status, string Code)? Check(IReadOnlyDictionary<string, string> parts, ReadOnlySpan<byte> body, IReadOnlyList<UcpKey> keys)
    {
        if (!parts.TryGetValue("signature-input", out var inputs) || !parts.TryGetValue("signature", out var signatures))
        {
            return (401, "signature_missing");
        }

        if (InputPattern().Match(inputs) is not { Success: true } input || SignaturePattern().Match(signatures) is not { Success: true } signature
            || input.Groups["label"].Value != signature.Groups["label"].Value)
        {
            return (401, "signature_invalid");
        }

        if (keys.FirstOrDefault(k => k.Id == input.Groups["keyid"].Value) is not { } key)
        {
            return (401, "key_not_found");
        }

        if (body.Length > 0 && (!parts.TryGetValue("content-digest", out var digest) || digest != Digest(body)))
        {
            return (400, "digest_mismatch");
        }

        string[] names = [.. input.Groups["name"].Captures.Select(c => c.Value)];
        string[] required = ["@method", "@authority", "@path", "ucp-agent", .. body.Length > 0 ? ["content-digest", "content-type"] : Array.Empty<string>(),
            .. parts.ContainsKey("idempotency-key") ? ["idempotency-key"] : Array.Empty<string>()];
        if (required.Except(names).Any() || names.Distinct().Count() != names.Length || !names.All(parts.ContainsKey))
        {
            return (401, "signature_invalid");
        }

        var text = Base([.. names.Select(n => (n, parts[n]))], input.Groups["value"].Value);
        var bytes = new byte[signature.Groups["bytes"].Length];
        return Convert.TryFromBase64String(signature.Groups["bytes"].Value, bytes, out var count) && key.Verify(text, bytes[..count]) ? null : (401, "signature_invalid");
    }

    private static string Digest(ReadOnlySpan<byte> body) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";

    private static string Base((string Name, string Value)[] covered, string input)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in covered)
        {
            text.Append('"').Append(name).Append("\": ").Append(value).Append('\n');
        }

        return text.Append("\"@signature-params\": ").Append(input).ToString();
    }

    [GeneratedRegex("^(?<label>[a-z0-9_-]+)=(?<value>\\((\"(?<name>[a-z@-]+)\"( (?=\")|(?=\\))))+\\)(;created=[0-9]+)?;keyid=\"(?<keyid>[^\"\\\\]+)\")$")]
    private static partial Regex InputPattern();

    [GeneratedRegex("^(?<label>[a-z0-9_-]+)=:(?<bytes>[A-Za-z0-9+/=]+):$")]
    private static partial Regex SignaturePattern();
}
