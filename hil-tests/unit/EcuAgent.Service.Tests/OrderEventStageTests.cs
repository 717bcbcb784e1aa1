using System.Threading.Channels;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service.Tests;

/// <summary>What the stage does with each order, on a clock of the test's own.</summary>
public sealed class OrderEventStageTests : IAsyncDisposable
{
    private readonly SteppedTime _time = new();
    private readonly CapturedLog _log = new();
    private readonly StageLifetime _lifetime = new();
    private readonly OrderNews _news;
    private readonly OrderEventStage _stage;
    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();
    private Func<string, OrderLookKind> _answer = _ => OrderLookKind.Looked;

    public OrderEventStageTests()
    {
        _news = new OrderNews(8, _time);
        _stage = new OrderEventStage(LookAsync, _news, receiver: null, _time, _lifetime, new Logger<OrderEventStage>(_log));
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.StopAsync(CancellationToken.None);
        _stage.Dispose();
        Assert.False(_lifetime.IsStopped);
    }

    [Fact]
    public async Task Orders_AreLookedAfterAtOnceAndThenAtMostFourASecond()
    {
        await StartAsync("s1", "s2", "s3");

        foreach (var session in new[] { "s1", "s2", "s3" })
        {
            Assert.Equal(session, await AskedAsync());
            Assert.Equal(OrderEventStage.Spacing, await _time.PassAsync());
        }
    }

    [Fact]
    public async Task Order_OfAnotherCar_CostsNoWait()
    {
        _answer = session => session == "s3" ? OrderLookKind.Looked : OrderLookKind.NotOpen;
        await StartAsync("s1", "s2", "s3");

        Assert.Equal(["s1", "s2", "s3"], [await AskedAsync(), await AskedAsync(), await AskedAsync()]);
        await _time.PassAsync();

        Assert.True(_stage.Counters is { NotOpen: 2, Looked: 1, LeftToPolling: 0 }, _stage.Counters.ToString());
    }

    [Fact]
    public async Task Order_ThatIsBeingWorkedOn_IsLookedAfterWhenThatIsOver()
    {
        var busy = 2;
        _answer = _ => busy-- > 0 ? OrderLookKind.Busy : OrderLookKind.Looked;
        await StartAsync("s1");

        Assert.Equal(
            [OrderEventStage.BusyWait, OrderEventStage.BusyWait, OrderEventStage.Spacing],
            [await _time.PassAsync(), await _time.PassAsync(), await _time.PassAsync()]);
        Assert.True(_stage.Counters is { Looked: 1, LeftToPolling: 0 }, _stage.Counters.ToString());
    }

    [Fact]
    public async Task Order_ThatIsBeingWorkedOnForLong_IsLeftToPolling()
    {
        _answer = _ => OrderLookKind.Busy;
        await StartAsync("s1");

        var waited = TimeSpan.Zero;
        while (await _time.PassAsync() is var wait && wait == OrderEventStage.BusyWait)
        {
            waited += wait;
            Assert.InRange(waited, TimeSpan.Zero, OrderEventStage.BusyLimit);
        }

        Assert.Equal((OrderEventStage.BusyLimit, 1), (waited, _stage.Counters.LeftToPolling));
    }

    [Fact]
    public async Task Order_ThatFails_DoesNotKeepTheNextOneWaitingForEver()
    {
        _answer = session => session == "s1" ? throw new IOException("torn") : OrderLookKind.NoAnswer;
        await StartAsync("s1", "s2");

        await _time.PassAsync();
        await _time.PassAsync();

        Assert.Equal(2, _stage.Counters.LeftToPolling);
        Assert.Equal("torn", Assert.Single(_log.Lines, line => line.Level == LogLevel.Error).Error?.Message);
    }

    private async Task StartAsync(params string[] sessions)
    {
        Assert.All(sessions, session => Assert.True(_news.TryTell(OrderNewsTests.Update(session))));
        await _stage.StartAsync(CancellationToken.None);
    }

    private Task<OrderLookKind> LookAsync(string merchant, string session, CancellationToken cancellationToken)
    {
        _asked.Writer.TryWrite(session);
        return Task.FromResult(_answer(session));
    }

    private async Task<string> AskedAsync() => await _asked.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
}
