using EcuAgent.Core.Agent;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>A merchant says that something happened to an order, beside the looking that comes by itself.</summary>
public sealed class OrderLookTests : IDisposable
{
    private const string Session = "s1";

    private readonly TestMerchant _shop = new();
    private readonly AgentRig _rig;

    public OrderLookTests()
    {
        _rig = new AgentRig(merchant: _shop);
        _rig.Park();
        _rig.Model.On("order noodles", ("order_food", new { item = "noodles" }));
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Look_FulfilledOrder_IsPublishedOnceAndThePollHasNothingToAdd()
    {
        await BuyAsync();
        _shop.Progress = OrderProgress.Fulfilled;

        Assert.Equal(OrderLookKind.Looked, await LookAsync());
        var published = _rig.Ports.Orders.Count;
        Assert.Equal((OrderState.Fulfilled, "fulfilled"), (_rig.Ports.Orders[^1].State, _rig.Ports.Orders[^1].Reason));

        Assert.Equal(OrderLookKind.NotOpen, await LookAsync());
        await FollowAsync();
        Assert.Equal(published, _rig.Ports.Orders.Count);
    }

    [Fact]
    public async Task Poll_SameStateAsBefore_IsNotPublishedAgain()
    {
        await BuyAsync();
        var published = _rig.Ports.Orders.Count;
        Assert.Equal(OrderState.Placed, _rig.Ports.Orders[^1].State);

        await FollowAsync();
        Assert.Equal(OrderLookKind.Looked, await LookAsync());
        await FollowAsync();

        Assert.Equal(published, _rig.Ports.Orders.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MerchantTakesTheOrderBack_IsToldOnceWhoeverFindsItOut(bool eventFirst)
    {
        await BuyAsync();
        var replies = _rig.Ports.Replies.Count;
        _shop.Progress = OrderProgress.Canceled;

        for (var i = 0; i < 2; i++)
        {
            await (eventFirst ? LookAsync() : FollowAsync());
            await (eventFirst ? FollowAsync() : LookAsync());
        }

        Assert.Equal("The merchant took back the order of noodles.", Assert.Single(_rig.Ports.Replies.Skip(replies)).Text);
        Assert.Equal((OrderState.Canceled, "canceled_by_merchant"), (_rig.Ports.Orders[^1].State, _rig.Ports.Orders[^1].Reason));
        Assert.Single(_rig.Ports.Orders, order => order.State == OrderState.Canceled);
    }

    [Fact]
    public async Task Look_OrderWhoseOutcomeIsOpen_TellsThatItWasOrderedAndGoesOnToItsProgress()
    {
        await _rig.SayAsync("order noodles");
        _shop.OnStep = step => step == Step.Get && _shop.Placed > 0 ? Fault.LostRequest : step == Step.Complete ? Fault.LostAnswer : Fault.None;
        await _rig.ConfirmAsync(yes: true);
        Assert.Equal(OrderState.Unknown, _rig.Ports.Orders[^1].State);
        var replies = _rig.Ports.Replies.Count;

        _shop.OnStep = _ => Fault.None;
        _shop.Progress = OrderProgress.Fulfilled;
        Assert.Equal(OrderLookKind.Looked, await LookAsync());

        Assert.Equal([OrderState.Placed, OrderState.Fulfilled], _rig.Ports.Orders.TakeLast(2).Select(order => order.State));
        Assert.StartsWith("Noodle House confirmed", Assert.Single(_rig.Ports.Replies.Skip(replies)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_WhileTheOrderIsBeingMade_IsBusyAndAsksNobody()
    {
        await _rig.SayAsync("order noodles");
        OrderLookKind? seen = null;
        _shop.OnCompleted = _ => seen = LookAsync().GetAwaiter().GetResult();

        await _rig.ConfirmAsync(yes: true);

        Assert.Equal(OrderLookKind.Busy, seen);
        Assert.Equal(OrderLookKind.Looked, await LookAsync());
    }

    [Fact]
    public async Task Look_SilentMerchant_ChangesNothing()
    {
        await BuyAsync();
        var published = _rig.Ports.Orders.Count;
        _shop.OnStep = _ => Fault.LostRequest;

        Assert.Equal(OrderLookKind.NoAnswer, await LookAsync());
        Assert.Equal(published, _rig.Ports.Orders.Count);

        _shop.OnStep = _ => Fault.None;
        Assert.Equal(OrderLookKind.Looked, await LookAsync());
    }

    [Theory]
    [InlineData("noodle-house", "s2")]
    [InlineData("other-house", Session)]
    public async Task Look_AnotherCarsOrder_AsksNobody(string merchant, string session)
    {
        await BuyAsync();
        var asked = _shop.Steps.Count;

        Assert.Equal(OrderLookKind.NotOpen, await _rig.Agent.LookAtOrderAsync(merchant, session, CancellationToken.None));
        Assert.Equal(asked, _shop.Steps.Count);
    }

    [Fact]
    public async Task WhereIsIt_AskedByThePerson_IsPublishedAsWell()
    {
        _rig.Model.On("where is it", ("track_parcel", null));
        await BuyAsync();
        _shop.Progress = OrderProgress.Fulfilled;

        await _rig.SayAsync("where is it");

        Assert.Equal(OrderState.Fulfilled, _rig.Ports.Orders[^1].State);
    }

    [Fact]
    public async Task Publishing_FailedOnce_IsMadeUpForByTheNextPoll()
    {
        await _rig.SayAsync("order noodles");
        _rig.Ports.PublishingFails = true;
        await _rig.ConfirmAsync(yes: true);
        Assert.NotEqual(OrderState.Placed, _rig.Ports.Orders[^1].State);

        _rig.Ports.PublishingFails = false;
        await FollowAsync();

        Assert.Equal(OrderState.Placed, _rig.Ports.Orders[^1].State);
    }

    [Fact]
    public void LastStatus_ReceiptAfterTheDelivery_IsOldNews()
    {
        var last = new LastStatus();
        Assert.True(last.TryReplace("o", new OrderStatus("o", OrderState.Fulfilled, "", "")));
        Assert.False(last.TryReplace("o", new OrderStatus("o", OrderState.Placed, "", "")));
        Assert.True(last.TryReplace("o", new OrderStatus("o", OrderState.Canceled, "", "")));
    }

    [Fact]
    public void LastStatus_ManyOrders_ForgetsTheOldest()
    {
        var last = new LastStatus();
        OrderStatus Of(int i) => new($"o{i}", OrderState.Placed, "", "");
        for (var i = 0; i <= LastStatus.Remembered; i++)
        {
            Assert.True(last.TryReplace($"o{i}", Of(i)));
        }

        Assert.False(last.TryReplace("o1", Of(1)));
        Assert.True(last.TryReplace("o0", Of(0)));
    }

    private async Task BuyAsync()
    {
        await _rig.SayAsync("order noodles");
        await _rig.ConfirmAsync(yes: true);
        Assert.Equal(1, _shop.Placed);
    }

    private Task<OrderLookKind> LookAsync() => _rig.Agent.LookAtOrderAsync("noodle-house", Session, CancellationToken.None);

    private Task FollowAsync() => _rig.Agent.FollowOrdersAsync(CancellationToken.None);
}
