using System.Net;
using System.Net.Http.Headers;

namespace EcuAgent.QwenCloud.Http;

/// <summary>
/// Stands between the client library and the socket: lets requests go to the one endpoint only, with a bounded body and no header that
/// tells of car or software; ends a silent server; turns every status but 2xx into a <see cref="QwenCloudException"/> without reading its
/// body; and bounds the body of the rest.
/// </summary>
internal sealed class GuardHandler(QwenCloudOptions options, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly ProductInfoHeaderValue Agent = new("EcuAgent", "1");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = request.RequestUri?.GetLeftPart(UriPartial.Authority);
        if (target != options.Origin)
        {
            throw new InvalidOperationException($"A request for '{target}' was made, but the endpoint is '{options.Origin}'.");
        }

        await BoundAsync(request, cancellationToken).ConfigureAwait(false);
        KeepNeededHeaders(request.Headers);
        var response = await SendWithinStallAsync(request, cancellationToken).ConfigureAwait(false);
        if (FaultOf(response) is { } fault)
        {
            response.Dispose();
            throw fault;
        }

        response.Content = new GuardedContent(response.Content, options.MaxResponseBytes, options.StallTimeout, time);
        return response;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests are asynchronous.");

    private static void KeepNeededHeaders(HttpRequestHeaders headers)
    {
        var authorization = headers.Authorization;
        var accept = headers.Accept.ToArray();
        headers.Clear();
        headers.Authorization = authorization;
        headers.UserAgent.Add(Agent);
        Array.ForEach(accept, headers.Accept.Add);
    }

    private static QwenCloudException Translate(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError =>
            new QwenCloudException(QwenCloudError.Unreachable, $"no connection to the endpoint ({error.HttpRequestError})", error),
        HttpRequestError.SecureConnectionError =>
            new QwenCloudException(QwenCloudError.Tls, "the endpoint's certificate or TLS handshake is not acceptable", error),
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.HttpProtocolError =>
            new QwenCloudException(QwenCloudError.Garbage, $"the response is not HTTP as agreed ({error.HttpRequestError})", error),
        _ => new QwenCloudException(QwenCloudError.ConnectionLost, $"the connection ended before the response ({error.HttpRequestError})", error),
    };

    private async Task BoundAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content)
        {
            return;
        }

        try
        {
            await content.LoadIntoBufferAsync(options.MaxRequestBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new QwenCloudException(QwenCloudError.RequestTooLarge, $"the request has more than {options.MaxRequestBytes} bytes", error);
        }
    }

    private async Task<HttpResponseMessage> SendWithinStallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(options.StallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        try
        {
            return await base.SendAsync(request, both.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw Translate(error);
        }
        catch (OperationCanceledException error) when (stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new QwenCloudException(QwenCloudError.Stalled, $"no response headers within {options.StallTimeout}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler below has one time limit of its own: that for connecting.
            throw new QwenCloudException(QwenCloudError.Unreachable, $"no connection within {options.ConnectTimeout}", error);
        }
    }

    private QwenCloudException? FaultOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var error = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => QwenCloudError.RateLimited,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => QwenCloudError.KeyRefused,
            _ when status >= 500 => QwenCloudError.ServerError,
            _ when status >= 400 => QwenCloudError.RequestRefused,
            _ when status >= 300 => QwenCloudError.Redirected,
            _ => (QwenCloudError?)null,
        };
        if (error is { } kind)
        {
            return new QwenCloudException(kind, $"the endpoint answered with status {status}", retryAfter: RetryAfterOf(response));
        }

        return response.Content.Headers.ContentLength > options.MaxResponseBytes
            ? new QwenCloudException(
                QwenCloudError.ResponseTooLarge, $"the response announces {response.Content.Headers.ContentLength} bytes, at most {options.MaxResponseBytes} are read")
            : null;
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter?.Delta
            ?? (response.Headers.RetryAfter?.Date is { } date ? date - time.GetUtcNow() : null);
        return asked switch
        {
            null => null,
            { } wait when wait <= TimeSpan.Zero => null,
            { } wait => wait < options.LongestHold ? wait : options.LongestHold,
        };
    }
}
