using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Acp;
using EcuAgent.MerchantSim.Json;
using Microsoft.Net.Http.Headers;

namespace EcuAgent.MerchantSim.Http;

/// <summary>Headers that every operation needs, checked before anything is looked up.</summary>
internal static class HeaderRules
{
    private const string VersionHeader = "API-Version";
    private const string Scheme = "Bearer ";

    /// <param name="request">The request.</param>
    /// <param name="apiKeys">Tokens that are taken.</param>
    /// <param name="identity">Who asks; the token itself is not kept.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static Answer? Check(SimRequest request, IReadOnlyList<string> apiKeys, out string identity)
    {
        identity = "";
        if (Identify(request, apiKeys) is not { } index)
        {
            return AcpProtocol.Invalid(401, "unauthorized", "A bearer token that is known here is required.").With("WWW-Authenticate", "Bearer");
        }

        identity = FormattableString.Invariant($"key {index}");
        if (request.Header(VersionHeader) is not { } version)
        {
            return WrongVersion("missing_api_version", $"{VersionHeader} header is required");
        }

        if (version != AcpProtocol.Version)
        {
            return WrongVersion("unsupported_api_version", $"{VersionHeader} '{version}' is not supported");
        }

        return request.Header("Timestamp") is { } timestamp && !JsonRead.TryTime(timestamp, out _)
            ? AcpProtocol.Invalid(400, "invalid_timestamp", "Timestamp has to be an RFC 3339 time with an offset")
            : null;
    }

    /// <returns>What is wrong with the kind of the body; null when nothing is.</returns>
    public static Answer? CheckBody(SimRequest request, bool mayBeEmpty)
    {
        if (request.Body.Length == 0)
        {
            return mayBeEmpty ? null : AcpProtocol.Invalid(400, "missing_body", "A JSON body is required", "$");
        }

        var isJson = MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out var type)
            && type.MediaType.Equals(Answer.JsonType, StringComparison.OrdinalIgnoreCase);
        return isJson ? null : AcpProtocol.Invalid(415, "unsupported_media_type", $"Content-Type has to be {Answer.JsonType}");
    }

    /// <summary>The first language that is asked for; null when none is.</summary>
    public static string? LanguageOf(SimRequest request) =>
        request.Header("Accept-Language")?.Split(',', ';')[0].Trim() is { Length: > 0 and <= 35 } tag and not "*" ? tag : null;

    private static int? Identify(SimRequest request, IReadOnlyList<string> apiKeys)
    {
        if (request.Header("Authorization") is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return IndexOf(header[Scheme.Length..].Trim(), apiKeys);
    }

    /// <summary>Which of the keys it is; null when none.</summary>
    internal static int? IndexOf(string key, IReadOnlyList<string> apiKeys)
    {
        var given = Encoding.UTF8.GetBytes(key);
        for (var i = 0; i < apiKeys.Count; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(apiKeys[i])))
            {
                return i;
            }
        }

        return null;
    }

    private static Answer WrongVersion(string code, string message) => Answer.Json(400, new JsonObject
    {
        ["type"] = "invalid_request",
        ["code"] = code,
        ["message"] = message,
        ["supported_versions"] = new JsonArray(AcpProtocol.Version),
    });
}
