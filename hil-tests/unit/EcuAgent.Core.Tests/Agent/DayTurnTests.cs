using EcuAgent.Core.Agent;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>For which day a table, a room or a ticket is booked. It is the fourth of March 2026 at 5:06 UTC, a Wednesday.</summary>
public sealed class DayTurnTests
{
    private static readonly DateOnly Today = new(2026, 3, 4);
    private static readonly GeoPoint There = new(48.02, 11);

    [Theory]
    [InlineData("book_ticket", "two tickets for the zoo", "en", 0, ", for today, ")]
    [InlineData("book_ticket", "two tickets for the zoo for tomorrow", "en", 1, ", for tomorrow, ")]
    [InlineData("book_ticket", "two tickets for the zoo on friday", "en", 2, ", for Friday 6 March, ")]
    [InlineData("book_ticket", "two tickets for the zoo on january fifth", "en", 307, ", for Tuesday 5 January 2027, ")]
    [InlineData("book_ticket", "订后天的两张zoo门票", "zh", 2, "，3月6日星期五，")]
    [InlineData("book_table", "a table for two tomorrow evening", "en", 1, ", for tomorrow, ")]
    [InlineData("book_hotel", "a room for tomorrow night", "en", 1, ", from tomorrow, ")]
    [InlineData("book_hotel", "订今晚的酒店", "zh", 0, "，今天入住，")]
    public async Task Booking_DaySaidOrNot_IsForThatDayAndSaysSo(string tool, string said, string language, int ahead, string told)
    {
        var shop = new TestMerchant();
        using var rig = Parked(shop);
        rig.Model.On(said, (tool, tool == "book_ticket" ? new { kind = "attraction", what = "zoo", quantity = 2 } : null));

        await rig.SayAsync(said, language: language);

        Assert.Contains(told, rig.Ports.LastReply, StringComparison.Ordinal);
        await rig.ConfirmAsync(yes: true);
        Assert.Equal((1, Today.AddDays(ahead)), (shop.Placed, Assert.Single(shop.Opened).Day));
    }

    [Fact]
    public async Task Booking_FromDayToDay_IsForAllItsNights()
    {
        var shop = new TestMerchant();
        using var rig = Parked(shop);
        rig.Model.On("a room from friday to monday", ("book_hotel", null));

        await rig.SayAsync("a room from friday to monday");

        Assert.Equal((Today.AddDays(2), 3), Assert.Single(shop.Opened) is var order ? (order.Day!.Value, order.Nights) : default);
        Assert.Contains("3 nights", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two tickets for the zoo for next friday", "en", "For which day exactly?")]
    [InlineData("订周末的zoo门票", "zh", "具体是哪一天？")]
    public async Task Booking_DayUnclear_IsAskedForAndTheNextAnswerDecides(string said, string language, string question)
    {
        var shop = new TestMerchant();
        using var rig = Parked(shop);
        var again = language == "en" ? "on friday" : "周六";
        rig.Model.On(said, ("book_ticket", new { kind = "attraction", what = "zoo" })).On(again, ("book_ticket", new { kind = "attraction", what = "zoo" }));

        await rig.SayAsync(said, language: language);
        Assert.Equal(question, rig.Ports.LastReply);
        Assert.Equal((DecisionKind.Ask, AgentReasons.DayUnclear), rig.Ports.Decisions[^1] is var asked ? (asked.Kind, asked.Reason) : default);
        Assert.Empty(shop.Opened);

        await rig.SayAsync(again, language: language);
        Assert.Equal(Today.AddDays(language == "en" ? 2 : 3), Assert.Single(shop.Opened).Day);
    }

    [Fact]
    public async Task Booking_DaySaidBeforeAQuestion_IsThatDay()
    {
        var shop = new TestMerchant();
        using var rig = Parked(shop);
        rig.Model.On("two tickets for tomorrow", ("clarify", new { about = "ticket" })).On("for the zoo", ("book_ticket", new { kind = "attraction", what = "zoo", quantity = 2 }));

        await rig.SayAsync("two tickets for tomorrow");
        await rig.SayAsync("for the zoo");

        Assert.Equal(Today.AddDays(1), Assert.Single(shop.Opened).Day);
    }

    [Fact]
    public async Task Booking_ChosenFromASearch_IsForTheDayOfTheSearch()
    {
        var shop = new TestMerchant();
        using var rig = Parked(shop);
        rig.Model.On("which tickets are there for tomorrow", ("search_tickets", new { kind = "attraction" })).On("the first one", ("choose_option", new { which = "first" }));

        await rig.SayAsync("which tickets are there for tomorrow");
        await rig.SayAsync("the first one");

        Assert.Equal(Today.AddDays(1), Assert.Single(shop.Opened).Day);
    }

    [Fact]
    public async Task Booking_DayChangedBeforeTheYes_IsReadBackForTheNewDay()
    {
        var shop = new TestMerchant();
        using var rig = Parked(shop);
        rig.Model.On("a room for tomorrow", ("book_hotel", null)).On("make it friday", ("book_hotel", null));

        await rig.SayAsync("a room for tomorrow");
        await rig.SayAsync("make it friday");

        Assert.Contains(", from Friday 6 March, ", rig.Ports.LastReply, StringComparison.Ordinal);
        await rig.ConfirmAsync(yes: true);
        Assert.Equal((1, Today.AddDays(2)), (shop.Placed, Assert.Single(shop.Updated).Day));
    }

    // Berlin is an hour ahead: it is tomorrow there already.
    [Theory]
    [InlineData("Europe/Berlin", 1)]
    [InlineData("America/New_York", 0)]
    [InlineData(null, 0)]
    public async Task Booking_NoDaySaid_IsTodayAtTheMerchants(string? zone, int ahead)
    {
        var shop = new TestMerchant();
        shop.Profile = shop.Profile with { Zone = zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone) };
        using var rig = Parked(shop, at: new TimeOnly(23, 30));
        rig.Model.On("tickets for the zoo", ("book_ticket", new { kind = "attraction", what = "zoo" }));

        await rig.SayAsync("tickets for the zoo");

        Assert.Equal(Today.AddDays(ahead), Assert.Single(shop.Opened).Day);
    }

    [Fact]
    public async Task Errand_ReachedAfterMidnight_IsForTheNextDay()
    {
        using var way = new ErrandRig();
        way.Stay((new TimeSpan(23, 58, 0) - way.Rig.Time.GetUtcNow().TimeOfDay).TotalSeconds);
        way.Rig.Route(ErrandRig.End);

        await way.SayAsync("noodles to arrive when I get home, two tickets for the aquarium on the way and stop at the depot");

        Assert.Equal(Today.AddDays(1), Assert.Single(way.Aquarium.Opened).Day);
        Assert.Contains("for tomorrow, for your arrival tomorrow at 0:0", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errand_ForALaterDay_IsBoughtAndNoStopOfTheWay()
    {
        const string Said = "stop at the depot and book two tickets for the aquarium for tomorrow";
        using var way = new ErrandRig();
        way.Rig.Model.On(Said, ("add_stop", new { destination = "depot" }), ("book_ticket", new { kind = "attraction", what = "aquarium", quantity = 2 }));

        await way.SayAsync(Said);
        await way.ConfirmAsync(yes: true);

        Assert.Equal((1, Today.AddDays(1), null), (way.Aquarium.Placed, Assert.Single(way.Aquarium.Opened).Day, way.Aquarium.Opened[0].ArriveAt));
        Assert.Equal(["Depot"], way.Rig.Ports.Commands.OfType<NavigationCommand>().Select(command => command.DestinationName));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" for today", true)]
    [InlineData(" for tomorrow", false)]
    public async Task Booked_ForALaterDay_DoesNotLeadThereNow(string day, bool leads)
    {
        var shop = TestMerchant.For("City Zoo", MerchantNeed.Ticket, There, "zoo");
        using var rig = Parked(shop);
        rig.Model.On("tickets for the zoo" + day, ("book_ticket", new { kind = "attraction", what = "zoo" }));

        await rig.SayAsync("tickets for the zoo" + day);
        await rig.ConfirmAsync(yes: true);

        Assert.Equal((1, leads), (shop.Placed, rig.Ports.Commands.Count > 0));
    }

    [Fact]
    public async Task Hotel_ForALaterDay_IsForNoArrivalOfTheRoute()
    {
        var shop = TestMerchant.For("Hotel Blau", MerchantNeed.Hotel, There, "room");
        using var rig = Parked(shop);
        rig.Route(There);
        rig.Model.On("a room", ("book_hotel", null)).On("a room for tomorrow", ("book_hotel", null));

        await rig.SayAsync("a room");
        Assert.NotNull(Assert.Single(shop.Opened).ArriveAt);
        await rig.SayAsync("a room for tomorrow");

        Assert.Equal((Today.AddDays(1), null), Assert.Single(shop.Updated) is var order ? (order.Day!.Value, order.ArriveAt) : default);
    }

    [Theory]
    [InlineData("on friday", 1)]
    [InlineData("on thursday", 0)]
    public async Task Booking_MerchantClosedOnThatDay_IsNotOffered(string day, int opened)
    {
        var hours = new OpeningHours(TimeZoneInfo.Utc, [new OpeningSpan(DayOfWeek.Friday, new TimeOnly(9, 0), new TimeOnly(18, 0))]);
        var shop = TestMerchant.For("City Zoo", MerchantNeed.Ticket, There, "zoo", hours);
        using var rig = Parked(shop);
        rig.Model.On("zoo " + day, ("book_ticket", new { kind = "attraction", what = "zoo" }));

        await rig.SayAsync("zoo " + day);

        Assert.Equal(opened, shop.Opened.Count);
        if (opened == 0)
        {
            Assert.StartsWith("The merchant is closed at that time, so ", rig.Ports.LastReply, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("order_food", "order a pizza for tomorrow", "en", "Food can be ordered for today only, so nothing was ordered.")]
    [InlineData("order_food", "order a pizza for the weekend", "en", "Food can be ordered for today only, so nothing was ordered.")]
    [InlineData("add_to_cart", "点明天的pizza", "zh", "餐食只能订今天的，所以没有下单。")]
    public async Task Food_ForAnotherDay_IsNotOrderedForToday(string tool, string said, string language, string reply)
    {
        var shop = new TestMerchant();
        using var rig = Parked(shop);
        rig.Model.On(said, (tool, new { item = "pizza" }));

        await rig.SayAsync(said, language: language);

        Assert.Equal(reply, rig.Ports.LastReply);
        Assert.Equal((DecisionKind.Deny, AgentReasons.OnlyToday), rig.Ports.Decisions[^1] is var decision ? (decision.Kind, decision.Reason) : default);
        Assert.Empty(shop.Opened);
    }

    [Fact]
    public async Task Food_ForToday_IsOrdered()
    {
        var shop = new TestMerchant();
        using var rig = Parked(shop);
        rig.Model.On("order noodles for tonight", ("order_food", new { item = "noodles" }));

        await rig.SayAsync("order noodles for tonight");

        Assert.Null(Assert.Single(shop.Opened).Day);
    }

    // "Tomorrow" is the day after it was said, not after the car was parked; and what was for a day that is over is not bought for another.
    [Theory]
    [InlineData("zoo tickets for tomorrow", true)]
    [InlineData("zoo tickets for today", false)]
    public async Task Deferred_OverMidnight_KeepsItsDay(string said, bool isBought)
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Time.SetUtcNow(new DateTimeOffset(Today, new TimeOnly(23, 50), TimeSpan.Zero));
        rig.Model.On(said, ("book_ticket", new { kind = "attraction", what = "zoo" }));
        rig.Drive();
        await rig.SayAsync(said);

        rig.Time.Advance(TimeSpan.FromMinutes(20));
        rig.Park(6);
        await rig.Agent.TickAsync();
        await rig.ConfirmAsync(yes: true);

        if (isBought)
        {
            Assert.Contains(", for today, ", rig.Ports.LastReply, StringComparison.Ordinal);
            Assert.Equal(Today.AddDays(1), Assert.Single(shop.Opened).Day);
        }
        else
        {
            Assert.StartsWith("The day for ", rig.Ports.LastReply, StringComparison.Ordinal);
            Assert.Equal(AgentReasons.DayOver, rig.Ports.Orders[^1].Reason);
            Assert.Empty(shop.Opened);
        }
    }

    private static AgentRig Parked(TestMerchant shop, TimeOnly? at = null)
    {
        var rig = new AgentRig(merchant: shop);
        if (at is { } time)
        {
            rig.Time.SetUtcNow(new DateTimeOffset(Today, time, TimeSpan.Zero));
        }

        rig.Park();
        rig.At(new GeoPoint(48, 11));
        return rig;
    }
}
