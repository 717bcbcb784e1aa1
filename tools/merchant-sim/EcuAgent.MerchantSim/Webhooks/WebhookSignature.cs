using System.Security.Cryptography;
using System.Text;

namespace EcuAgent.MerchantSim.Webhooks;

/// <summary><c>Merchant-Signature: t=seconds,v1=hex</c>: HMAC-SHA256 over the seconds, a full stop and the raw body.</summary>
internal static class WebhookSignature
{
    public const string Header = "Merchant-Signature";

    public static string Sign(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = FormattableString.Invariant($"{at.ToUnixTimeSeconds()}");
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds + "."));
        hmac.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
