namespace EcuAgent.QwenCloud.Http;

/// <summary>Reads a body up to a number of bytes, and waits for each piece up to a time. For asynchronous readers.</summary>
internal sealed class GuardedStream(Stream inner, long mostBytes, TimeSpan stallTimeout, TimeProvider time) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var stall = new CancellationTokenSource(stallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        int count;
        try
        {
            count = await inner.ReadAsync(buffer, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new QwenCloudException(QwenCloudError.Stalled, $"silent for {stallTimeout} after {_read} bytes of the response", error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new QwenCloudException(QwenCloudError.ConnectionLost, $"the connection ended after {_read} bytes of the response", error);
        }

        _read += count;
        return _read <= mostBytes
            ? count
            : throw new QwenCloudException(QwenCloudError.ResponseTooLarge, $"the response has more than {mostBytes} bytes");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
