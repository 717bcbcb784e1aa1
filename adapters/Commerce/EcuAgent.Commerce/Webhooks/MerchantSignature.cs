using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Webhooks;

/// <summary>
/// ACP's webhook signature, header <c>Merchant-Signature: t=SECONDS,v1=HEX</c>: HMAC-SHA-256 with the shared secret over the time as it
/// stands there, a dot and the raw body. Several <c>v1</c> may stand there while a secret is changed; other schemes are passed over.
/// </summary>
internal static class MerchantSignature
{
    internal const string Header = "merchant-signature";
    internal const string Genuine = SignatureCheck.Genuine;
    internal const string Missing = SignatureCheck.Missing;
    internal const string Malformed = SignatureCheck.Malformed;
    internal const string OutOfTime = SignatureCheck.OutOfTime;
    internal const string Wrong = "signature_wrong";

    private const int LongestHeader = 1024;
    private const int MostSignatures = 8;
    private const int MostDigits = 12;

    /// <summary>Checks a signature. Pure.</summary>
    /// <returns><see cref="Genuine"/> with the time of the signature, or why not.</returns>
    internal static (string Reason, DateTimeOffset SignedAt) Check(
        string? header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now, TimeSpan tolerance)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return (Missing, default);
        }

        if (Parse(header) is not { } parsed)
        {
            return (Malformed, default);
        }

        // The signature first: what an unsigned time says is nobody's word.
        if (!IsSigned(parsed.Time, parsed.Signatures, body, secret))
        {
            return (Wrong, default);
        }

        var signedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parsed.Time, CultureInfo.InvariantCulture));
        return (now - signedAt).Duration() <= tolerance ? (Genuine, signedAt) : (OutOfTime, signedAt);
    }

    private static (string Time, List<byte[]> Signatures)? Parse(string header)
    {
        if (header.Length > LongestHeader)
        {
            return null;
        }

        string? time = null;
        var signatures = new List<byte[]>();
        foreach (var part in header.Split(','))
        {
            var (name, value) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : ("", "");
            switch (name)
            {
                case "t" when time is null && IsTime(value):
                    time = value;
                    break;
                case "v1" when signatures.Count < MostSignatures && IsDigest(value):
                    signatures.Add(Convert.FromHexString(value));
                    break;
                case "" or "t" or "v1":
                    return null;
            }
        }

        return time is null || signatures.Count == 0 ? null : (time, signatures);
    }

    private static bool IsTime(string text) => text.Length is > 0 and <= MostDigits && text.All(char.IsAsciiDigit)
        && long.Parse(text, CultureInfo.InvariantCulture) <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private static bool IsDigest(string text) => text.Length == HMACSHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigit);

    private static bool IsSigned(string time, List<byte[]> signatures, ReadOnlySpan<byte> body, string secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hash.AppendData(body);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.GetHashAndReset(expected);

        // All of them are compared, each in constant time.
        var isSigned = false;
        foreach (var signature in signatures)
        {
            isSigned |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return isSigned;
    }
}
