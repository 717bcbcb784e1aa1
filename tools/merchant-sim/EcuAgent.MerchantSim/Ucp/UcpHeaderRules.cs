using System.Text.RegularExpressions;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>Headers of UCP: who the platform is has to be said; a key need not be given, but a wrong one is refused.</summary>
internal static partial class UcpHeaderRules
{
    private const string Scheme = "Bearer ";

    /// <param name="request">The request.</param>
    /// <param name="apiKeys">Keys that are taken.</param>
    /// <param name="identity">Who asks.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static Answer? Check(SimRequest request, IReadOnlyList<string> apiKeys, out string identity)
    {
        identity = "";
        if (request.Header(UcpProtocol.AgentHeader) is not { } agent || !ProfilePattern().IsMatch(agent))
        {
            return UcpProtocol.Error(400, "invalid_ucp_agent", "UCP-Agent: profile=\"https://...\" is required.");
        }

        var authorization = request.Header("Authorization");
        var key = request.Header("X-API-Key")
            ?? (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ?? false ? authorization[Scheme.Length..].Trim() : authorization);
        if (key is null)
        {
            identity = "ucp anonymous " + agent;
            return null;
        }

        if (HeaderRules.IndexOf(key, apiKeys) is not { } index)
        {
            return UcpProtocol.Error(401, "unauthorized", "The key is not known here.").With("WWW-Authenticate", "Bearer");
        }

        identity = FormattableString.Invariant($"ucp key {index}");
        return null;
    }

    // RFC 8941: a dictionary with a member "profile" whose value is a string.
    [GeneratedRegex("(^|,)\\s*profile=\"[^\"]+\"")]
    private static partial Regex ProfilePattern();
}
