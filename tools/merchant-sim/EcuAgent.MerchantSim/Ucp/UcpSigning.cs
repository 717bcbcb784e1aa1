using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>
/// The merchants' keys, and the keys of those who ask. The latter come from the option, or from the profile that <c>UCP-Agent</c> names where
/// that is on loopback; it is read again for a request whose key is not in it. At most <see cref="ProfilesKept"/> profiles are kept; when there
/// are more, all are forgotten and read again.
/// </summary>
internal sealed partial class UcpSigning : IDisposable
{
    private const int ProfilesKept = 64;
    private const int MostProfileBytes = 256 * 1024;

    private static readonly TimeSpan ProfileLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, IReadOnlyList<UcpKey>> _profiles = new(StringComparer.Ordinal);
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        // Real time, whatever clock the world has: a clock that a test turns does not turn the network.
        Timeout = ProfileLimit,
        MaxResponseContentBufferSize = MostProfileBytes,
    };

    private readonly Dictionary<string, UcpKey> _own;
    private readonly UcpKey? _clientKey;
    private readonly bool _mustBeSigned;
    private readonly TimeProvider _time;

    /// <param name="merchants">Their ids.</param>
    /// <param name="clientKey">A JWK; null: clients' keys come from their profiles alone.</param>
    /// <param name="mustBeSigned">Requests without a signature are refused.</param>
    /// <param name="time">The clock.</param>
    public UcpSigning(IEnumerable<string> merchants, string? clientKey, bool mustBeSigned, TimeProvider time)
    {
        _own = merchants.ToDictionary(m => m, m => UcpKey.Make($"{m}-1"), StringComparer.Ordinal);
        _clientKey = clientKey is null ? null : ReadKey(clientKey) ?? throw new ArgumentException("the key of the UCP client is no JWK of EC P-256 with a kid");
        _mustBeSigned = mustBeSigned;
        _time = time;
    }

    public UcpKey KeyOf(string merchant) => _own[merchant];

    /// <summary>The answer with the merchant's signature.</summary>
    public Answer Sign(string merchant, Answer answer)
    {
        var status = ("@status", answer.Status.ToString(CultureInfo.InvariantCulture));
        var headers = answer.Body.Length > 0
            ? UcpSignature.Sign(_own[merchant], _time.GetUtcNow(), answer.Body, status, ("content-type", answer.ContentType))
            : UcpSignature.Sign(_own[merchant], _time.GetUtcNow(), [], status);
        return headers.Aggregate(answer, (signed, header) => signed.With(header.Name, header.Value));
    }

    /// <summary>Headers of an order event.</summary>
    public IReadOnlyList<(string Name, string Value)> SignEvent(string merchant, string profile, Uri target, byte[] body, DateTimeOffset at, bool isForged)
    {
        var agent = $"profile=\"{profile}\"";
        var key = isForged ? UcpKey.Make(_own[merchant].Id) : _own[merchant];
        return
        [
            (UcpProtocol.AgentHeader, agent),
            .. UcpSignature.Sign(
                key, at, body, ("@method", "POST"), ("@authority", target.Authority.ToLowerInvariant()), ("@path", target.AbsolutePath), ("ucp-agent", agent), ("content-type", Answer.JsonType)),
        ];
    }

    /// <returns>What is wrong with a request's signature; null when nothing is.</returns>
    public async Task<Answer?> CheckAsync(SimRequest request, CancellationToken stopping)
    {
        var isSigned = request.Header("Signature") is not null || request.Header("Signature-Input") is not null;
        if (!isSigned)
        {
            return _mustBeSigned ? Refusal(401, "signature_missing") : null;
        }

        var profile = ProfilePattern().Match(request.Header(UcpProtocol.AgentHeader) ?? "").Groups["url"].Value;
        var keys = await KeysAsync(profile, isFresh: false, stopping);
        if (UcpSignature.Check(PartsOf(request), request.Body.Span, keys) is not { } wrong)
        {
            return null;
        }

        if (wrong.Code == "key_not_found")
        {
            keys = await KeysAsync(profile, isFresh: true, stopping);
            if (keys.Count == 0 && !_mustBeSigned)
            {
                return null;
            }

            return UcpSignature.Check(PartsOf(request), request.Body.Span, keys) is { } again ? Refusal(again.Status, again.Code) : null;
        }

        return Refusal(wrong.Status, wrong.Code);
    }

    public void Dispose() => _client.Dispose();

    private static Answer Refusal(int status, string code) => UcpProtocol.Error(status, code, "The signature of the request does not hold.");

    private static Dictionary<string, string> PartsOf(SimRequest request)
    {
        var parts = request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value.AsEnumerable()), StringComparer.Ordinal);
        parts["@method"] = request.Method;
        parts["@authority"] = (request.Header("Host") ?? "").ToLowerInvariant();
        parts["@path"] = request.RawTarget.Split('?')[0];
        return parts;
    }

    private static UcpKey? ReadKey(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return UcpKey.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<UcpKey>> KeysAsync(string profile, bool isFresh, CancellationToken stopping)
    {
        IReadOnlyList<UcpKey>? keys = null;
        lock (_gate)
        {
            if (!isFresh)
            {
                _profiles.TryGetValue(profile, out keys);
            }
        }

        if (keys is null)
        {
            keys = await FetchAsync(profile, stopping);
            lock (_gate)
            {
                if (_profiles.Count >= ProfilesKept)
                {
                    _profiles.Clear();
                }

                _profiles[profile] = keys;
            }
        }

        return _clientKey is { } own ? [.. keys, own] : keys;
    }

    private async Task<IReadOnlyList<UcpKey>> FetchAsync(string profile, CancellationToken stopping)
    {
        if (!Uri.TryCreate(profile, UriKind.Absolute, out var url) || !url.IsLoopback || url.Scheme is not ("http" or "https"))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(await _client.GetByteArrayAsync(url, stopping));
            return JsonRead.Find(document.RootElement, "signing_keys") is { ValueKind: JsonValueKind.Array } keys
                ? [.. keys.EnumerateArray().Select(UcpKey.Of).OfType<UcpKey>()]
                : [];
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return [];
        }
    }

    [GeneratedRegex("profile=\"(?<url>[^\"]+)\"")]
    private static partial Regex ProfilePattern();
}
