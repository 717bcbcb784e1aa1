using System.Text.Json;
using EcuAgent.Commerce.Acp.Wire;

namespace EcuAgent.Commerce.Acp;

/// <summary>Reads ACP's flat error body.</summary>
internal static class FlatError
{
    internal const string IdempotencyInFlight = "idempotency_in_flight";
    internal const string IdempotencyConflict = "idempotency_conflict";
    internal const string IdempotencyKeyRequired = "idempotency_key_required";

    private const int LongestCode = 48;
    private const string NamelessCode = "refused";

    /// <summary>The code in our form of a reason, or null where this is no flat error: then somebody else than the merchant's checkout may have answered.</summary>
    internal static string? CodeOf(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, AcpJson.Default.WireError) is { } error ? ReasonOf(error.Code) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A merchant's code as a reason: snake case, at most 48 characters.</summary>
    internal static string ReasonOf(string code)
    {
        var letters = code.Trim().ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_').Take(LongestCode).ToArray();
        var reason = new string(letters).Trim('_');
        return reason.Length > 0 ? reason : NamelessCode;
    }
}
