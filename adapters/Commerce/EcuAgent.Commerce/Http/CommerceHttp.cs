using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace EcuAgent.Commerce.Http;

/// <summary>
/// Sends requests to merchants and to the payment provider and says how each sending ended; nothing that happens on the way is an exception
/// but the caller's own cancellation. No redirects, cookies, proxies, compression, trace headers. TLS 1.3, which the protocols demand, with the
/// system's certificates. Safe for use from several threads.
/// </summary>
internal sealed class CommerceHttp : IDisposable
{
    private const int MostTagLength = 256;

    internal static readonly ProductInfoHeaderValue Agent = new("EcuAgent", "1");
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _kept;
    private readonly HttpMessageInvoker _fresh;

    internal CommerceHttp(TimeSpan connectTimeout, TimeProvider time)
    {
        _time = time;
        _kept = new HttpMessageInvoker(MakeHandler(connectTimeout, keepFor: TimeSpan.FromMinutes(5)));

        // A request that is sent once gets a connection of its own: one that died silently while the person thought would make an
        // unknown outcome out of nothing.
        _fresh = new HttpMessageInvoker(MakeHandler(connectTimeout, keepFor: TimeSpan.Zero));
    }

    /// <summary>Sends once.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<HttpEnd> SendAsync(HttpCall call, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var request = Make(call);
        using var limit = new CancellationTokenSource(timeLimit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await (call.IsRepeatable ? _kept : _fresh).SendAsync(request, both.Token).ConfigureAwait(false);
            return await ReadAsync(call, response, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return EndOf(error, request.Content as RequestBody);
        }
    }

    public void Dispose()
    {
        _kept.Dispose();
        _fresh.Dispose();
    }

    /// <summary>Connections as every protocol of commerce has them.</summary>
    internal static SocketsHttpHandler MakeHandler(TimeSpan connectTimeout, TimeSpan keepFor) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = connectTimeout,
        MaxResponseHeadersLength = 16,
        MaxConnectionsPerServer = 4,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = keepFor,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        SslOptions = { EnabledSslProtocols = SslProtocols.Tls13 },
    };

    private static HttpRequestMessage Make(HttpCall call)
    {
        var request = new HttpRequestMessage(call.Method ?? (call.Body is null ? HttpMethod.Get : HttpMethod.Post), call.Target)
        {
            Content = call.Body is { } body ? new RequestBody(body) : null,
        };
        var headers = request.Headers;
        headers.UserAgent.Add(Agent);
        headers.Accept.Add(Json);
        headers.Add("Request-Id", Guid.NewGuid().ToString());
        foreach (var (name, value) in call.ProtocolHeaders)
        {
            headers.Add(name, value);
        }

        if (call.BearerToken is { } token)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        }

        if (call.Locale is { } locale)
        {
            headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(locale));
        }

        if (call.IdempotencyKey is { } key)
        {
            headers.Add("Idempotency-Key", key);
        }

        if (call.KnownTag is { } tag)
        {
            headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        return request;
    }

    private static HttpEnd EndOf(Exception error, RequestBody? body)
    {
        HttpRequestError? cause = error switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException reading => reading.HttpRequestError,
            _ => null,
        };
        if (cause is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded)
        {
            return new HttpEnd(HttpEndKind.BadAnswer, $"the answer is not HTTP ({cause})") { MayPass = true };
        }

        var kind = IsUnsent(cause, body) ? HttpEndKind.NotSent : HttpEndKind.NoAnswer;
        var detail = error is OperationCanceledException ? "not in time" : $"the connection failed ({cause ?? HttpRequestError.Unknown})";
        return new HttpEnd(kind, detail) { MayPass = true };
    }

    // A body tells for itself. Without one, only a connection that never was tells.
    private static bool IsUnsent(HttpRequestError? cause, RequestBody? body) =>
        body is not null
            ? !body.HasBegun
            : cause is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private static bool SaysJson(HttpContentHeaders headers) =>
        headers.ContentType is { MediaType: { } type } content
        && type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (content.CharSet is null || content.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && headers.ContentEncoding.Count == 0;

    private static string? TagOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("ETag", out var values) && values.Count == 1 && values.ToString() is { Length: > 0 and <= MostTagLength } tag
            && tag.All(c => c is >= ' ' and < '\x7f')
            ? tag
            : null;

    private async Task<HttpEnd> ReadAsync(HttpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status >= 500)
        {
            return new HttpEnd(HttpEndKind.NoAnswer, Named(status)) { Status = status, RetryAfter = RetryAfterOf(response), MayPass = true };
        }

        if (status is >= 300 and < 400 && !(status == 304 && call.KnownTag is not null))
        {
            return new HttpEnd(HttpEndKind.BadAnswer, Named(status)) { Status = status };
        }

        if (await BoundedBody.ReadAsync(response.Content, call.MostBytes, cancellationToken).ConfigureAwait(false) is not { } body)
        {
            return new HttpEnd(HttpEndKind.BadAnswer, $"the answer has more than {call.MostBytes} bytes") { Status = status };
        }

        return new HttpEnd(HttpEndKind.Answered, Named(status))
        {
            Status = status,
            Body = body,
            IsJson = SaysJson(response.Content.Headers),
            EntityTag = TagOf(response),
            RetryAfter = RetryAfterOf(response),
            Fields = FieldsOf(call, response),
        };
    }

    // Only a check beyond HTTP looks at them.
    private static Dictionary<string, string> FieldsOf(HttpCall call, HttpResponseMessage response) =>
        call.Check is null
            ? []
            : response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .GroupBy(field => field.Key.ToLowerInvariant(), field => string.Join(", ", field.Value))
                .ToDictionary(lines => lines.Key, lines => string.Join(", ", lines), StringComparer.Ordinal);

    private static string Named(int status) => string.Create(CultureInfo.InvariantCulture, $"status {status}");

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - _time.GetUtcNow() : null);
        return asked > TimeSpan.Zero ? asked : null;
    }
}
