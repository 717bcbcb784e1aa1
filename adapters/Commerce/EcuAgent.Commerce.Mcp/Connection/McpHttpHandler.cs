using System.Net.Http.Headers;
using EcuAgent.Commerce.Http;

namespace EcuAgent.Commerce.Mcp.Connection;

/// <summary>
/// Stands below the protocol's client for one session: every answer is bounded, every request that is not a call has a time limit of its own,
/// what is asked for is sent once, and the streams that a server may have opened are counted.
/// </summary>
internal sealed class McpHttpHandler(McpServer server, HttpMessageHandler connections, TimeProvider time) : DelegatingHandler(connections)
{
    // The client opens a stream again as often and as soon as the server says.
    private const int MostStreams = 32;
    private const int MostStreamBytes = 1024 * 1024;
    private const int MostOtherBytes = 64 * 1024;

    private static readonly TimeSpan OtherLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(1);

    private int _streams;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var mark = MarkOf(request);
        if (request.Content is { } content)
        {
            var body = new RequestBody(await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            mark?.Take(body);
            request.Content = body;
        }

        if (request.Method == HttpMethod.Get && Interlocked.Increment(ref _streams) > MostStreams)
        {
            throw new HttpRequestException($"{server.Id} had {MostStreams} streams opened in one session; no more");
        }

        request.Headers.UserAgent.Add(CommerceHttp.Agent);
        if (server.BearerToken is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        }

        // A call ends by its own limit. The client sends notices and goodbyes with no limit at all.
        using var limit = new CancellationTokenSource(request.Method == HttpMethod.Delete ? GoodbyeLimit : OtherLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var response = await base.SendAsync(request, mark is null ? both.Token : cancellationToken).ConfigureAwait(false);
        mark?.Status = response.StatusCode;
        var most = mark?.MostBytes ?? (request.Method == HttpMethod.Get ? MostStreamBytes : MostOtherBytes);
        response.Content = await BoundedAsync(response.Content, most, mark, cancellationToken).ConfigureAwait(false);
        return response;
    }

    private static SendMark? MarkOf(HttpRequestMessage request) =>
        SendMark.Current is { } mark && request.Headers.TryGetValues("Mcp-Method", out var methods) && methods.Contains(mark.Method) ? mark : null;

    private static async Task<HttpContent> BoundedAsync(HttpContent content, int most, SendMark? mark, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var bounded = new StreamContent(new BoundedStream(stream, most, mark));
        bounded.Headers.ContentType = content.Headers.ContentType;
        return bounded;
    }
}
