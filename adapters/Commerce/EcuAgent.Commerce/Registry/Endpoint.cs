using System.Net;

namespace EcuAgent.Commerce.Registry;

/// <summary>Rules for addresses that the car talks to.</summary>
internal static class Endpoint
{
    private const int Longest = 2048;

    /// <summary>What <see cref="IsAllowed"/> takes, for messages.</summary>
    internal const string Allowed =
        "an absolute https address, or http to a loopback address, without user, query and fragment";

    /// <summary>True for a base address that requests may go to.</summary>
    internal static bool IsAllowed(string text) =>
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
