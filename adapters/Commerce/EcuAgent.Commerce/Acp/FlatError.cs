using System.Text.Json;
using EcuAgent.Commerce.Acp.Wire;

namespace EcuAgent.Commerce.Acp;

/// <summary>Reads ACP's flat error body.</summary>
internal static class FlatError
{
    /// <summary>The code, or null where this is no flat error: then somebody else than the merchant's checkout may have answered.</summary>
    internal static string? CodeOf(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, AcpJson.Default.WireError) is { } error ? error.Code : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
