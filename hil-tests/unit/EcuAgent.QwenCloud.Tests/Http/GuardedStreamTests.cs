using System.IO.Pipelines;
using EcuAgent.QwenCloud.Http;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.QwenCloud.Tests.Http;

public sealed class GuardedStreamTests
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly Pipe _pipe = new();
    private readonly byte[] _buffer = new byte[16];

    [Fact]
    public async Task Read_SilentForTheLimit_IsStalled()
    {
        await using var stream = Make(100);
        await _pipe.Writer.WriteAsync(new byte[5]);
        Assert.Equal(5, await stream.ReadAsync(_buffer));
        var waiting = stream.ReadAsync(_buffer).AsTask();

        _time.Advance(Stall - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(QwenCloudError.Stalled, (await Assert.ThrowsAsync<QwenCloudException>(() => waiting)).Error);
    }

    [Fact]
    public async Task Read_AlwaysJustInTime_GoesOn()
    {
        await using var stream = Make(100);
        for (var i = 0; i < 50; i++)
        {
            var waiting = stream.ReadAsync(_buffer);
            _time.Advance(Stall - TimeSpan.FromTicks(1));
            await _pipe.Writer.WriteAsync(new byte[1]);
            Assert.Equal(1, await waiting);
        }
    }

    [Fact]
    public async Task Read_ExactlyTheBound_IsReadAndOneMoreIsNot()
    {
        await using var stream = Make(10);
        await _pipe.Writer.WriteAsync(new byte[10]);
        Assert.Equal(10, await stream.ReadAsync(_buffer));
        await _pipe.Writer.WriteAsync(new byte[1]);

        Assert.Equal(QwenCloudError.ResponseTooLarge, (await Assert.ThrowsAsync<QwenCloudException>(() => stream.ReadAsync(_buffer).AsTask())).Error);
    }

    [Fact]
    public async Task Read_CallerCancels_IsCancellation()
    {
        await using var stream = Make(10);
        using var cancel = new CancellationTokenSource();
        var waiting = stream.ReadAsync(_buffer, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private GuardedStream Make(long mostBytes) => new(_pipe.Reader.AsStream(), mostBytes, Stall, _time);
}
