using System.Buffers;

namespace EcuAgent.Commerce.Http;

/// <summary>Reads a response body up to a number of bytes.</summary>
internal static class BoundedBody
{
    private const int PieceBytes = 16 * 1024;

    /// <summary>The whole body; null when it has more bytes, and then no more of it is read.</summary>
    /// <exception cref="IOException">The connection ended before the body did.</exception>
    /// <exception cref="HttpRequestException">The same, or the body is not framed as HTTP says.</exception>
    internal static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int mostBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > mostBytes)
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>();
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int count;
            while ((count = await stream.ReadAsync(body.GetMemory(PieceBytes), cancellationToken).ConfigureAwait(false)) > 0)
            {
                body.Advance(count);
                if (body.WrittenCount > mostBytes)
                {
                    return null;
                }
            }
        }

        return body.WrittenMemory;
    }
}
