using System.Net;
using System.Net.Http.Headers;

namespace EcuAgent.Commerce.Http;

/// <summary>
/// A JSON request body that can be sent once and knows whether it has begun to leave. As long as it has not, the other side cannot have the
/// request: it was told a length and got nothing. Below this, nothing can send it a second time on its own account.
/// </summary>
internal sealed class RequestBody : HttpContent
{
    internal const string MediaType = "application/json";

    private readonly ReadOnlyMemory<byte> _utf8;
    private int _begun;

    internal RequestBody(ReadOnlyMemory<byte> utf8)
    {
        _utf8 = utf8;
        Headers.ContentType = new MediaTypeHeaderValue(MediaType);
    }

    /// <summary>True when a byte of it may have left.</summary>
    internal bool HasBegun => Volatile.Read(ref _begun) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _begun, 1) == 0
            ? stream.WriteAsync(_utf8, cancellationToken).AsTask()
            : throw new HttpRequestException("a request body would have been sent twice");

    protected override bool TryComputeLength(out long length)
    {
        length = _utf8.Length;
        return true;
    }
}
