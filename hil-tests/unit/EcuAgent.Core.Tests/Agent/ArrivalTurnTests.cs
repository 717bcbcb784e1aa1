using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>Where hotels are looked for, and when an order shall be there.</summary>
public sealed class ArrivalTurnTests
{
    private static readonly GeoPoint Car = new(48, 11);
    private static readonly GeoPoint Home = new(48.1, 11);
    private static readonly GeoPoint Ulm = new(48.4, 10);

    [Theory]
    [InlineData(true, true, "05:21")]
    [InlineData(true, false, "05:21")]
    [InlineData(false, true, "05:27")]
    public async Task Order_ToArriveWhenHome_IsForTheArrivalOfTheRouteOrOfTheWayHome(bool hasRoute, bool hasHome, string arrival)
    {
        var shop = new TestMerchant();
        using var rig = New(shop, hasHome);
        if (hasRoute)
        {
            rig.Route(Home);
        }

        await SayAsync(rig, "noodles at home");

        Assert.Equal(arrival, Time(shop.Opened[0].ArriveAt));
        Assert.Contains($"for your arrival at {arrival[1..]}, shall I go on", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_ToArriveWhenHomeOnAWayElsewhere_AddsTheWayHome()
    {
        var shop = new TestMerchant();
        using var rig = New(shop);
        rig.Route(new GeoPoint(48.2, 11), 24_000, 1800);

        await SayAsync(rig, "noodles at home");

        // 30 min to the destination, and 11 km at 48 km/h from there.
        Assert.Equal("05:51", Time(shop.Opened[0].ArriveAt));
    }

    [Theory]
    [InlineData(240, true)]
    [InlineData(420, false)]
    [InlineData(-420, false)]
    public async Task Order_ArrivalShiftsBeforeTheYes_IsReadBackAnewBeyondSomeMinutes(int shiftS, bool isPlaced)
    {
        var shop = new TestMerchant();
        using var rig = New(shop);
        rig.Route(Home, 12_000, 900);
        await SayAsync(rig, "noodles at home");

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        rig.Route(Home, 12_000, 900 + shiftS);
        rig.At(Car);
        await rig.ConfirmAsync(yes: true);
        Assert.Equal(isPlaced ? 1 : 0, shop.Placed);
        if (isPlaced)
        {
            return;
        }

        var told = shiftS > 0 ? "5:28" : "5:14";
        Assert.StartsWith("The price or the terms have changed; the order of noodles for when you get home: ", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Contains($"for your arrival at {told}, shall I go on", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Single(shop.Updated);
        await rig.ConfirmAsync(yes: true);
        Assert.Equal(1, shop.Placed);
    }

    [Fact]
    public async Task Order_ArrivalShiftsAndTheSessionCannotChange_IsOpenedAnew()
    {
        var shop = new TestMerchant { TakesChanges = false };
        using var rig = New(shop);
        rig.Route(Home, 12_000, 900);
        await SayAsync(rig, "noodles at home");
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        rig.Route(Home, 12_000, 1800);

        await rig.ConfirmAsync(yes: true);
        Assert.Equal((0, 2), (shop.Placed, shop.Opened.Count));
        Assert.Contains("for your arrival at 5:36", rig.Ports.LastReply, StringComparison.Ordinal);

        await rig.ConfirmAsync(yes: true);
        Assert.Equal(1, shop.Placed);
    }

    [Fact]
    public async Task Hotel_NearTheDestination_IsTheNearOneAndForTheArrivalThere()
    {
        using var rig = Hotels(out var far, out var near);
        rig.Route(Home);
        rig.Model.On("a hotel near the destination", ("book_hotel", new { near = "destination" }));

        await SayAsync(rig, "a hotel near the destination");

        Assert.Contains("room from Hotel Blau", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal((1, 0, "05:21"), (near.Opened.Count, far.Opened.Count, Time(near.Opened[0].ArriveAt)));
    }

    [Fact]
    public async Task Hotel_NearTheDestinationWithoutARoute_SaysSo()
    {
        using var rig = Hotels(out var far, out var near);
        rig.Model.On("a hotel near the destination", ("book_hotel", new { near = "destination" })).On("which hotels are there", ("search_hotels", new { near = "destination" }));

        await SayAsync(rig, "a hotel near the destination");
        await SayAsync(rig, "which hotels are there");

        Assert.Equal(["There is no active route.", "There is no active route."], rig.Ports.Replies.Select(reply => reply.Text));
        Assert.Equal("destination_unknown", rig.Ports.Orders[^1].Reason);
        Assert.Equal(0, far.Opened.Count + near.Opened.Count);
    }

    [Fact]
    public async Task Hotel_InATown_IsLookedForThere()
    {
        using var rig = Hotels(out var far, out _);
        rig.Model.On("a hotel in Ulm", ("search_hotels", new { place = "Ulm" })).On("book one in Ulm", ("book_hotel", new { place = "Ulm" }));

        await SayAsync(rig, "a hotel in Ulm");
        Assert.Equal("I found room from Hotel Gelb for 12.50 EUR, 1.1 km from there.", rig.Ports.LastReply);

        await SayAsync(rig, "book one in Ulm");
        Assert.StartsWith("The hotel booking in Ulm: room from Hotel Gelb", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Single(far.Opened);
    }

    [Theory]
    [InlineData("Atlantis", "I found no place called Atlantis.")]
    [InlineData("Museum", "I found no place called Museum.")]
    [InlineData("Nirgendwo", "The navigation does not answer, so I could not look for the place.")]
    public async Task Hotel_InATownThatIsNotKnown_SaysSo(string town, string reply)
    {
        using var rig = Hotels(out _, out var near);
        rig.Model.On($"a hotel in {town}", ("book_hotel", new { place = town }));

        await SayAsync(rig, $"a hotel in {town}");

        Assert.Equal(reply, rig.Ports.LastReply);
        Assert.Empty(near.Opened);
    }

    [Fact]
    public async Task Hotel_ByItsName_IsNotLookedUpOnTheMap()
    {
        using var rig = Hotels(out _, out var near);
        rig.Model.On("book the Hotel Blau", ("book_hotel", new { place = "Hotel Blau" }));

        await SayAsync(rig, "book the Hotel Blau");

        Assert.Single(near.Opened);
        Assert.Empty(rig.Ports.Queries);
    }

    [Fact]
    public async Task Hotel_NoneNearTheTown_IsNotFound()
    {
        using var rig = Hotels(out _, out _);
        rig.Model.On("a hotel in Passau", ("book_hotel", new { place = "Passau" }));

        await SayAsync(rig, "a hotel in Passau");

        Assert.Equal("I found no offer for the hotel booking in Passau.", rig.Ports.LastReply);
        Assert.Equal("too_far", rig.Ports.Orders[^1].Reason);
    }

    private static string Time(DateTimeOffset? at) => at!.Value.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<Core.Agent.TurnReport> SayAsync(AgentRig rig, string text)
    {
        rig.At(Car);
        return rig.SayAsync(text);
    }

    private static AgentRig New(ICommercePort shop, bool hasHome = true)
    {
        var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("noodles at home", ("order_food", new { item = "noodles", arrive = "home" }));
        rig.Ports.OnQuery = query => Task.FromResult(query switch
        {
            { Category: PlaceCategory.Home } when hasHome => Found("Home", Home),
            { Text: "Ulm" } => Found("Ulm", Ulm),
            { Text: "Passau" } => Found("Passau", new GeoPoint(48.57, 13.45)),
            { Text: "Museum" } => Found("Town hall", Ulm),
            { Text: "Nirgendwo" } => PlaceAnswer.Failed,
            _ => PlaceAnswer.None,
        });
        return rig;
    }

    private static AgentRig Hotels(out TestMerchant far, out TestMerchant near)
    {
        far = TestMerchant.For("Hotel Gelb", MerchantNeed.Hotel, new GeoPoint(48.41, 10), "room");
        near = TestMerchant.For("Hotel Blau", MerchantNeed.Hotel, new GeoPoint(48.11, 11), "room");
        return New(new TestMall(far, near));
    }

    private static PlaceAnswer Found(string name, GeoPoint at) => new(PlaceStatus.Found, [new Place { PlaceId = name, Name = name, Position = at }]);
}
