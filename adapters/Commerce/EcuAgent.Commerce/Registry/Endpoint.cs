using System.Net;
using System.Text.Json;

namespace EcuAgent.Commerce.Registry;

/// <summary>Rules for addresses that the car talks to.</summary>
internal static class Endpoint
{
    private const int Longest = 2048;

    private const string Allowed = "must be an absolute https address, or http to a loopback address, without user, query and fragment";

    /// <summary>A base address that requests may go to, or null and a fault.</summary>
    internal static Uri? Read(JsonAt at)
    {
        var text = at.Element.ValueKind == JsonValueKind.String ? at.Element.GetString()! : "";
        if (IsAllowed(text))
        {
            return new Uri(text);
        }

        // Somebody who writes a secret into the address must not find it in the log.
        if (text.Contains('@', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal))
        {
            at.RefuseHidden(Allowed);
        }
        else
        {
            at.Refuse(Allowed);
        }

        return null;
    }

    private static bool IsAllowed(string text) =>
        text.Length <= Longest
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && IsSecureOrLoopback(address)
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;

    /// <summary>True for https, and for http that cannot leave this machine.</summary>
    internal static bool IsSecureOrLoopback(Uri address) =>
        address.Host.Length > 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsLoopback(address)));

    /// <summary>The base address with a path below it.</summary>
    internal static Uri Below(Uri address, string path) => new(address.AbsoluteUri.TrimEnd('/') + "/" + path);

    private static bool IsLoopback(Uri address) =>
        address.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
