using EcuAgent.Core.Agent;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class ErrandTurnTests
{
    private const string Three = "noodles to arrive when I get home, two tickets for the aquarium on the way and stop at the depot";

    [Fact]
    public async Task Errands_ThreeInOneSentence_AreToldAsOnePlanAndTakenOneAtATimeInItsOrder()
    {
        using var way = new ErrandRig();

        await way.SayAsync(Three);

        Assert.Equal(
            "The plan is City Aquarium at 5:10, then Depot at 5:25, then Noodle House there at 5:41, arriving at 5:41, 20 minutes longer; "
            + "I do not know whether the range suffices. The booking of 2 entrance tickets for aquarium on the way: 2 day ticket from City Aquarium for 25.00 EUR, "
            + "for today, for your arrival at 5:10, shall I go on?",
            way.Rig.Ports.LastReply);
        Assert.Empty(way.Rig.Ports.Commands);

        await way.ConfirmAsync(yes: true);
        Assert.Equal(
            [(NavigationAction.AddStop, "City Aquarium"), (NavigationAction.AddStop, "Depot")],
            way.Rig.Ports.Commands.Cast<NavigationCommand>().Select(command => (command.Action, command.DestinationName)));
        Assert.Equal("City Aquarium confirmed the booking of 2 entrance tickets for aquarium on the way for 25.00 EUR, number 4711.", way.Replies[^3]);
        Assert.Equal("City Aquarium is added as a stop.", way.Replies[^2]);
        Assert.Contains("Depot is added as a stop. The order of noodles for when you get home: noodles from Noodle House", way.Replies[^1], StringComparison.Ordinal);
        Assert.Contains("for your arrival at 5:41, shall I go on?", way.Replies[^1], StringComparison.Ordinal);
        Assert.Single(way.Mall.Charges);

        await way.ConfirmAsync(yes: true);
        Assert.Equal((1, 1, 2), (way.Kitchen.Placed, way.Aquarium.Placed, way.Mall.Charges.Count));
        Assert.StartsWith("Noodle House confirmed the order", way.Replies[^1], StringComparison.Ordinal);
        Assert.Equal((DeliveryKind.LocalDelivery, DeliveryPlace.Home), way.Kitchen.Opened[0] is var order ? (order.Delivery, order.Place) : default);
        Assert.Equal("05:10", way.Aquarium.Opened[0].ArriveAt!.Value.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Errands_InChinese_AreToldInChinese()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("到家时点noodles，途中订aquarium门票", ("order_food", new { item = "noodles", arrive = "home" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }));

        await way.SayAsync("到家时点noodles，途中订aquarium门票", "zh");

        Assert.StartsWith("计划是5:10到City Aquarium，然后5:31Noodle House送到，5:31到达，多用10分钟；不知道续航够不够。预订aquarium的门票：", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errands_OneOnly_GoesAsBefore()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("book the aquarium", ("book_ticket", new { kind = "attraction", what = "aquarium" }));

        await way.SayAsync("book the aquarium");

        Assert.StartsWith("The booking of entrance ticket for aquarium: ", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Null(way.Aquarium.Opened[0].ArriveAt);
    }

    [Fact]
    public async Task Errands_FirstDeclined_OthersArePlannedAnew()
    {
        using var way = new ErrandRig();
        await way.SayAsync(Three);

        await way.ConfirmAsync(yes: false);

        Assert.Equal("The booking of 2 entrance tickets for aquarium on the way is dropped.", way.Replies[^2]);
        Assert.StartsWith("The plan is now Depot at 5:15, then Noodle House there at 5:31, arriving at 5:31, 10 minutes longer", way.Replies[^1], StringComparison.Ordinal);
        Assert.Equal(["Depot"], way.Rig.Ports.Commands.Cast<NavigationCommand>().Select(command => command.DestinationName));
        await way.ConfirmAsync(yes: true);
        Assert.Equal((0, 1), (way.Aquarium.Placed, way.Kitchen.Placed));
    }

    [Fact]
    public async Task Errands_NoAnswer_DropsTheRestAndSaysSo()
    {
        using var way = new ErrandRig();
        await way.SayAsync(Three);

        way.Stay(40);
        await way.Rig.Agent.TickAsync();

        Assert.Equal("There was no answer, so the booking of 2 entrance tickets for aquarium on the way was not carried out.", way.Replies[^2]);
        Assert.Equal("The rest of the plan is dropped.", way.Replies[^1]);
        await way.Rig.Agent.TickAsync();
        Assert.Equal((3, 0), (way.Rig.Ports.Replies.Count, way.Mall.Charges.Count));
    }

    [Fact]
    public async Task Errands_WhileMoving_PurchasesAreDeferredAndTheStopGoesOn()
    {
        using var way = new ErrandRig();
        way.Rig.Drive();

        await way.SayAsync(Three);

        Assert.Equal(2, way.Rig.Services.Deferrals.Count);
        Assert.Equal(["Depot"], way.Rig.Ports.Commands.Cast<NavigationCommand>().Select(command => command.DestinationName));
        Assert.Contains("The order of noodles for when you get home has to wait", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Empty(way.Mall.Charges);
        Assert.Empty(way.Aquarium.Opened);
    }

    [Fact]
    public async Task Errands_StateTightensAtTheReadBack_NothingIsCommittedAndTheRestIsDeferred()
    {
        using var way = new ErrandRig();
        await way.SayAsync(Three);
        var question = way.Rig.Ports.Replies[^1].OpenQuestionId;

        way.Rig.Drive();
        way.Here();
        await way.Rig.Agent.OnSituationChangedAsync();
        await way.Rig.Agent.OnConfirmationAsync(new(question, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));

        Assert.Empty(way.Mall.Charges);
        Assert.Empty(way.Kitchen.Opened);
        Assert.Equal("The car is not parked any more, so the booking of 2 entrance tickets for aquarium on the way was not carried out.", way.Replies[^2]);
        Assert.Contains("the order of noodles for when you get home has to wait", way.Replies[^1], StringComparison.Ordinal);
        Assert.Equal(1, way.Rig.Services.Deferrals.Count);
    }

    [Fact]
    public async Task Errands_OneIsClosed_IsLeftOutWithTheReasonAndTheOthersGoOn()
    {
        using var way = new ErrandRig(aquariumHours: Shop.Daily("UTC", "09:00", "17:00"));

        await way.SayAsync(Three);

        Assert.StartsWith(
            "The booking of 2 entrance tickets for aquarium on the way is left out, because it is closed at that time. The plan is Depot at 5:15, then Noodle House there at 5:31",
            way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Empty(way.Aquarium.Opened);
    }

    [Theory]
    [InlineData(60_000, false, "")]
    [InlineData(25_000, false, "The range does not suffice for the way, so I planned no stops and take them one after the other. ")]
    [InlineData(double.NaN, true, "")]
    public async Task Errands_Range_IsCheckedOrSaidToBeUnknown(double rangeM, bool isUnknown, string refusal)
    {
        using var way = new ErrandRig();
        way.Rig.State.Apply(new EnergySample(way.Rig.Envelope(), 50, double.NaN, rangeM));

        await way.SayAsync(Three);

        Assert.Equal(isUnknown, way.Rig.Ports.LastReply.Contains("I do not know whether the range suffices", StringComparison.Ordinal));
        Assert.StartsWith(refusal, way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Contains("shall I go on", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errands_DetourBeyondTheRange_IsLeftOut()
    {
        using var way = new ErrandRig(aquariumAt: new GeoPoint(48.05, 11.2));
        way.Rig.State.Apply(new EnergySample(way.Rig.Envelope(), 50, double.NaN, 40_000));

        await way.SayAsync(Three);

        Assert.StartsWith(
            "The booking of 2 entrance tickets for aquarium on the way is left out, because the range does not suffice. The plan is Depot", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errands_NoDestinationAndNoHome_AreTakenOneAfterTheOther()
    {
        using var way = new ErrandRig(hasRoute: false);
        way.Rig.Ports.OnQuery = query => Task.FromResult(query.Text == "depot" ? way.Depot : PlaceAnswer.None);

        await way.SayAsync(Three);

        Assert.StartsWith("I do not know where the trip goes, so I take them one after the other. ", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Contains("noodles from Noodle House", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        await way.ConfirmAsync(yes: true);
        await way.ConfirmAsync(yes: true);
        Assert.Equal((1, 1), (way.Kitchen.Placed, way.Aquarium.Placed));
    }

    [Fact]
    public async Task Errands_NoRouteButASavedHome_SetTheRouteFirst()
    {
        using var way = new ErrandRig(hasRoute: false);

        await way.SayAsync(Three);
        await way.ConfirmAsync(yes: true);

        Assert.Equal(
            [(NavigationAction.SetDestination, "Home"), (NavigationAction.AddStop, "City Aquarium"), (NavigationAction.AddStop, "Depot")],
            way.Rig.Ports.Commands.Cast<NavigationCommand>().Select(command => (command.Action, command.DestinationName)));
    }

    [Fact]
    public async Task Errands_OneMoreLater_JoinsThePlan()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("also book a table at the Inn", ("book_table", new { restaurant = "Inn" })).On("and stop at the depot", ("add_stop", new { destination = "depot" }))
            .On("noodles and the aquarium", ("order_food", new { item = "noodles", arrive = "home" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }));
        await way.SayAsync("noodles and the aquarium");
        var question = way.Rig.Ports.Replies[^1].OpenQuestionId;

        await way.SayAsync("and stop at the depot");
        Assert.StartsWith("The plan is now City Aquarium at 5:10, then Depot at 5:25, then Noodle House there at 5:41", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Empty(way.Rig.Ports.Commands);

        way.Here();
        await way.Rig.Agent.OnConfirmationAsync(new(question, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));
        Assert.Equal(["City Aquarium", "Depot"], way.Rig.Ports.Commands.Cast<NavigationCommand>().Select(command => command.DestinationName));
    }

    [Fact]
    public async Task Errands_SaidTwice_ArePlannedOnce()
    {
        using var way = new ErrandRig();
        await way.SayAsync(Three);
        way.Rig.Model.On("stop at the depot please", ("add_stop", new { destination = "depot" }));

        await way.SayAsync("stop at the depot please");

        Assert.StartsWith("The stop at depot is planned already. The plan is now", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errands_MoreThanSix_TheSeventhIsRefused()
    {
        using var way = new ErrandRig();
        way.Rig.Ports.OnQuery = query => Task.FromResult(new PlaceAnswer(
            PlaceStatus.Found, [new Place { PlaceId = query.Text, Name = query.Text, Position = new GeoPoint(48.04 + (query.Text.Length / 1000d), 11) }]));
        way.Rig.Model
            .On("tickets then a bb ccc", ("book_ticket", new { kind = "attraction" }), Stop("a"), Stop("bb"), Stop("ccc"))
            .On("dddd eeeee ffffff", Stop("dddd"), Stop("eeeee"), Stop("ffffff"));
        await way.SayAsync("tickets then a bb ccc");

        var report = await way.SayAsync("dddd eeeee ffffff");

        Assert.Equal(["", "", "too_many_errands"], report.Calls.Select(call => call.ReasonCode is "too_many_errands" ? call.ReasonCode : ""));
        Assert.Contains("The stop at ffffff is one too many for now", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errands_CancelOneThatWaits_PlansTheOthersAnew()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("cancel the food", ("cancel_order", new { kind = "food" })).On("cancel the tickets", ("cancel_order", new { kind = "ticket" }));
        await way.SayAsync(Three);

        await way.SayAsync("cancel the food");
        Assert.StartsWith("The order of noodles for when you get home is dropped. The plan is now City Aquarium at 5:10, then Depot at 5:25, arriving at 5:41", way.Rig.Ports.LastReply, StringComparison.Ordinal);

        await way.SayAsync("cancel the tickets");
        Assert.Contains("The booking of 2 entrance tickets for aquarium on the way is dropped. The plan is now Depot", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal(["Depot"], way.Rig.Ports.Commands.Cast<NavigationCommand>().Select(command => command.DestinationName));
        Assert.Empty(way.Mall.Charges);
    }

    [Fact]
    public async Task Errands_WaitedTooLong_AreDroppedAndTheOpenQuestionStays()
    {
        using var way = new ErrandRig(options: new AgentOptions { ReadBackWait = TimeSpan.Zero, ErrandsKeptFor = TimeSpan.FromSeconds(60) });
        way.Rig.Model.On("all", ("book_ticket", new { kind = "attraction", quantity = 1 }), ("book_ticket", new { kind = "attraction", quantity = 2 }),
            ("book_ticket", new { kind = "attraction", quantity = 3 }), ("book_ticket", new { kind = "attraction", quantity = 4 }));
        await way.SayAsync("all");
        for (var i = 0; i < 2; i++)
        {
            way.Stay(22);
            await way.ConfirmAsync(yes: true);
        }

        var question = way.Rig.Ports.Replies[^1].OpenQuestionId;
        way.Stay(20);
        await way.Rig.Agent.TickAsync();

        Assert.Equal("The rest of the plan has waited too long and is dropped.", way.Replies[^1]);
        await way.Rig.Agent.OnConfirmationAsync(new(question, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));
        await way.Rig.Agent.TickAsync();
        Assert.Equal((3, 3), (way.Aquarium.Placed, way.Aquarium.Opened.Count));
    }

    [Fact]
    public async Task Errands_TripEnds_AreForgotten()
    {
        using var way = new ErrandRig();
        way.Rig.State.Apply(new PowerModeSample(way.Rig.Envelope(), PowerModeKind.On));
        await way.Rig.Agent.TickAsync();
        await way.SayAsync(Three);

        way.Stay(1);
        way.Rig.State.Apply(new PowerModeSample(way.Rig.Envelope(), PowerModeKind.Off));
        await way.Rig.Agent.TickAsync();
        await way.ConfirmAsync(yes: false);
        await way.Rig.Agent.TickAsync();

        Assert.Empty(way.Kitchen.Opened);
        Assert.Empty(way.Rig.Ports.Commands);
    }

    [Fact]
    public async Task Errands_DestinationOfTheSameSentence_IsTheEndOfThePlan()
    {
        using var way = new ErrandRig(hasRoute: false);
        way.Rig.Model.On("take me home with noodles and the aquarium", ("navigate_to_saved", new { place = "home" }),
            ("order_food", new { item = "noodles", arrive = "home" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }));

        await way.SayAsync("take me home with noodles and the aquarium");

        Assert.Contains("The plan is City Aquarium at 5:10, then Noodle House there at 5:31", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal(["Home"], way.Rig.Ports.Commands.Cast<NavigationCommand>().Select(command => command.DestinationName));
    }

    [Fact]
    public async Task Errands_ParcelThatIsReady_IsFetchedOnTheWay()
    {
        using var way = new ErrandRig();
        way.Aquarium.Progress = OrderProgress.Ready;
        way.Rig.Model.On("a ticket", ("book_ticket", new { kind = "attraction" }))
            .On("order noodles and pick up my parcel", ("order_food", new { item = "noodles", arrive = "home" }), ("track_parcel", null))
            .On("order noodles and where is my parcel", ("order_food", new { item = "noodles", arrive = "home" }), ("track_parcel", null));
        await way.SayAsync("a ticket");
        await way.ConfirmAsync(yes: true);
        var before = way.Rig.Ports.Commands.Count;

        await way.SayAsync("order noodles and where is my parcel");
        Assert.Equal(before, way.Rig.Ports.Commands.Count);
        await way.ConfirmAsync(yes: false);

        await way.SayAsync("order noodles and pick up my parcel");
        Assert.Contains("The plan is City Aquarium at 5:10, then Noodle House there at 5:31", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Contains("for your arrival at 5:31", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal(before + 1, way.Rig.Ports.Commands.Count);
    }

    [Fact]
    public async Task Errands_MerchantSoldOutWhenItsTurnComes_IsToldAndTheRestGoesOn()
    {
        using var way = new ErrandRig();
        way.Aquarium.OpenState = CheckoutState.Canceled;

        await way.SayAsync(Three);

        Assert.Contains("The merchant's offer ran out, so the booking of 2 entrance tickets for aquarium on the way was not carried out. The plan is now Depot", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Contains("noodles from Noodle House", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errands_Candidates_AreThoseThatFitTheWordsAndTheWayDecides()
    {
        using var way = new ErrandRig();
        var zoo = TestMerchant.For("Zoo", MerchantNeed.Ticket, new GeoPoint(48.02, 11), "day ticket");
        var far = TestMerchant.For("Far Aquarium", MerchantNeed.Ticket, new GeoPoint(48.03, 11.1), "day ticket");
        var sponsored = TestMerchant.For("A Kitchen", MerchantNeed.Food, new GeoPoint(48.09, 11.01), "rice");
        sponsored.Profile = sponsored.Profile with { IsSponsored = true };
        using var rig = new AgentRig(merchant: new TestMall(far, zoo, way.Aquarium, way.Kitchen, sponsored));
        rig.Park();
        rig.At(ErrandRig.Start);
        rig.Route(ErrandRig.End);
        rig.Model.On("noodles and the aquarium", ("order_food", new { item = "noodles", arrive = "home" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }))
            .On("any food from a kitchen and tickets", ("order_food", new { arrive = "home", merchant = "kitchen" }), ("book_ticket", new { kind = "attraction" }));

        await rig.SayAsync("noodles and the aquarium");
        Assert.StartsWith("The plan is City Aquarium at 5:10, then Noodle House there", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.False(rig.Ports.Replies[^1].Sponsored);
        await rig.ConfirmAsync(yes: true);
        await rig.ConfirmAsync(yes: true);
        Assert.Contains(rig.Journal.All.Single(record => record.MerchantId == "city-aquarium").Why, why => why.StartsWith("detour_s", StringComparison.Ordinal));

        await rig.SayAsync("any food from a kitchen and tickets");
        Assert.Contains("then sponsored, A Kitchen there at", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.True(rig.Ports.Replies[^1].Sponsored);
    }

    [Fact]
    public async Task Errands_OneCallIsNotUnderstood_TheReadBackCanStillBeAnswered()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("a ticket and what not", ("order_food", new { item = "never said" }), ("book_ticket", new { kind = "attraction" }));

        await way.SayAsync("a ticket and what not");
        Assert.EndsWith("shall I go on?", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        await way.ConfirmAsync(yes: true);

        Assert.Equal(1, way.Aquarium.Placed);
    }

    [Fact]
    public async Task Errands_BillsAndTrains_NeedNoWay()
    {
        using var way = new ErrandRig();
        var bills = TestMerchant.For("City Bills", MerchantNeed.Payment, null, "parking");
        using var rig = new AgentRig(merchant: new TestMall(bills, way.Kitchen));
        rig.Park();
        rig.Model.On("pay the parking and order noodles to go", ("pay", new { kind = "parking" }), ("order_food", new { item = "noodles" }));

        await rig.SayAsync("pay the parking and order noodles to go");
        Assert.Contains("The parking payment: parking from City Bills", rig.Ports.LastReply, StringComparison.Ordinal);
        await rig.ConfirmAsync(yes: true);
        await rig.ConfirmAsync(yes: true);

        Assert.Equal((1, 1), (bills.Placed, way.Kitchen.Placed));
    }

    private static (string, object?) Stop(string name) => ("add_stop", new { destination = name });
}
