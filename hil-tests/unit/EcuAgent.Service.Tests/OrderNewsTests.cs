using EcuAgent.Commerce.Webhooks;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Service.Tests;

/// <summary>The queue between the receiver and the stage that looks after orders.</summary>
public sealed class OrderNewsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly OrderNews _news;

    public OrderNewsTests() => _news = new OrderNews(3, _time);

    [Fact]
    public async Task Events_AboutOneOrder_WaitAsOne()
    {
        Assert.True(_news.TryTell(Update("s1")));
        Assert.True(_news.TryTell(Update("s1")));
        Assert.True(_news.TryTell(Update("s1", "other")));
        Assert.Equal(1, _news.Joined);

        Assert.Equal(("shop", "s1"), await TakeAsync());
        Assert.Equal(("other", "s1"), await TakeAsync());
        Assert.False(_news.TakeAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Event_WhileItsOrderIsLookedAfter_QueuesItAnew()
    {
        _news.TryTell(Update("s1"));
        await TakeAsync();

        Assert.True(_news.TryTell(Update("s1")));

        Assert.Equal(("shop", "s1"), await TakeAsync());
        Assert.Equal(0, _news.Joined);
    }

    [Fact]
    public async Task Queue_Full_RefusesTheNewestUntilOneIsTaken()
    {
        Assert.All(new[] { "s1", "s2", "s3" }, session => Assert.True(_news.TryTell(Update(session))));

        Assert.False(_news.TryTell(Update("s4")));
        Assert.False(_news.TryPutBack(new OrderNote("shop", "s5", _time.GetUtcNow())));
        Assert.True(_news.TryTell(Update("s2")));

        Assert.Equal(("shop", "s1"), await TakeAsync());
        Assert.True(_news.TryTell(Update("s4")));
        Assert.Equal([("shop", "s2"), ("shop", "s3"), ("shop", "s4")], [await TakeAsync(), await TakeAsync(), await TakeAsync()]);
    }

    internal static OrderUpdate Update(string session, string merchant = "shop") =>
        new(merchant, session, new PlacedOrder("o", "o", OrderProgress.Placed, null, null, []), default);

    private async Task<(string, string)> TakeAsync() =>
        await _news.TakeAsync(CancellationToken.None) is var note ? (note.MerchantId, note.SessionId) : default;
}
