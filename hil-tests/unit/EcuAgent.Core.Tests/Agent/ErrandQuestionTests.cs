using EcuAgent.Core.Commands;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>Each read-back of a plan can be answered, by whom it is for, as long as it is open; and what is not answered ends and is told.</summary>
public sealed class ErrandQuestionTests
{
    private const string Both = "noodles and the aquarium";

    [Fact]
    public async Task ReadBack_RevokedBeforeItIsSpoken_IsNotSpoken()
    {
        using var way = NewWay();
        NavigationCommand? open = null;
        way.Rig.Ports.OnCommand = command =>
        {
            open = (NavigationCommand)command;
            return CommandWriteResult.Written;
        };
        way.Rig.Model.On("stop at the depot and noodles for home", ("add_stop", new { destination = "depot" }), ("order_food", new { item = "noodles", arrive = "home" }));
        way.Here();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        way.Rig.Ports.OnOrder = status => _ = status.State == OrderState.AwaitingConfirmation && asked.TrySetResult();
        var turn = way.Rig.SayAsync("stop at the depot and noodles for home");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.NotNull(open);
        Assert.NotNull(way.Rig.Services.Confirmations.Current);

        way.Rig.Drive();
        await way.Rig.Agent.OnSituationChangedAsync();
        Assert.Contains("The car is not parked any more, so the order of noodles for when you get home was not carried out.", way.Replies);
        way.Rig.Agent.OnCommandOutcome(new CommandOutcome(open.CommandId, CommandOutcomeKind.Completed));
        var report = await turn;

        Assert.Equal("", report.OpenQuestionId);
        Assert.DoesNotContain("shall I go on", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Empty(way.Mall.Charges);
    }

    [Fact]
    public async Task ReadBack_BesideAnotherQuestion_ComesInAReplyOfItsOwn()
    {
        using var way = NewWay();
        way.Rig.Ports.OnQuery = query => Task.FromResult(query.Text == "museum"
            ? new PlaceAnswer(PlaceStatus.Found, [Place("museum", 48.02), Place("museum", 48.05)])
            : PlaceAnswer.None);
        way.Rig.Model.On(
            "to the museum with noodles and the aquarium",
            ("navigate_to", new { destination = "museum" }), ("order_food", new { item = "noodles" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }));

        var report = await way.SayAsync("to the museum with noodles and the aquarium");
        Assert.Null(way.Rig.Services.Confirmations.Current);
        Assert.NotEqual("", report.OpenQuestionId);

        await way.Rig.Agent.TickAsync();
        Assert.NotEqual(report.OpenQuestionId, way.Rig.Ports.Replies[^1].OpenQuestionId);
        await way.ConfirmAsync(yes: true);
        await way.ConfirmAsync(yes: true);
        Assert.Equal((1, 1), (way.Aquarium.Placed, way.Kitchen.Placed));
    }

    [Fact]
    public async Task ReadBack_OfOnePurchaseBesideAnotherQuestion_IsRefusedAndNotLeftOpen()
    {
        using var way = NewWay();
        way.Rig.Ports.OnQuery = _ => Task.FromResult(new PlaceAnswer(PlaceStatus.Found, [Place("museum", 48.02), Place("museum", 48.05)]));
        way.Rig.Model.On("to the museum with noodles", ("navigate_to", new { destination = "museum" }), ("order_food", new { item = "noodles" }));

        var report = await way.SayAsync("to the museum with noodles");

        Assert.Equal("question_already_open", report.Calls[1].ReasonCode);
        Assert.Null(way.Rig.Services.Confirmations.Current);
        Assert.All(way.Rig.Journal.All, record => Assert.Equal(PurchaseStage.Canceled, record.Stage));
    }

    [Fact]
    public async Task ReadBack_RanOutJustBeforeTheNextOrder_IsStillToldAndThePlanEnds()
    {
        using var way = NewWay();
        way.Rig.Model.On("noodles and the aquarium", ("order_food", new { item = "noodles" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }))
            .On("find noodles", ("search_food", new { item = "noodles" })).On("the first", ("choose_option", new { which = "first" }));
        await way.SayAsync(Both);
        await way.SayAsync("find noodles");
        way.Stay(29);

        // A word of choose_option goes past the plan; no tick has come since the question ran out.
        await way.SayAsync("find noodles");
        way.Stay(3);
        await way.SayAsync("the first");
        var chosen = way.Rig.Ports.Replies[^1].OpenQuestionId;
        Assert.NotEqual("", chosen);
        await way.Rig.Agent.TickAsync();

        Assert.Contains("There was no answer, so the booking of entrance ticket for aquarium was not carried out.", way.Replies);
        Assert.Contains("The rest of the plan is dropped.", way.Replies);
        await way.Rig.Agent.OnConfirmationAsync(new(chosen, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));
        Assert.Equal((0, 1), (way.Aquarium.Placed, way.Kitchen.Placed));
        Assert.DoesNotContain(way.Rig.Journal.All, record => record.Stage == PurchaseStage.Quoted);
    }

    [Fact]
    public async Task ReadBack_OfAnotherSeat_IsSpokenToThatSeat()
    {
        using var way = NewWay();
        way.Rig.Model.On("three aquarium tickets for me", ("book_ticket", new { kind = "attraction", what = "aquarium", quantity = 3 }));
        await way.SayAsync(Both);
        var drivers = way.Rig.Ports.Replies[^1].OpenQuestionId;
        way.Here();
        way.Rig.State.Apply(new CabinCameraSample(way.Rig.Envelope(), 1, false, 1, 1, SeatList.Of([new(CabinZone.Passenger, true, true, false)])));
        await way.Rig.Agent.HandleUtteranceAsync(way.Rig.Said("three aquarium tickets for me") with { SpeakerZone = SpeakerZone.Passenger }, CancellationToken.None);

        way.Here();
        await way.Rig.Agent.OnConfirmationAsync(new(drivers, false, SpeakerZone.Driver, 0.95, InputChannel.Voice));
        for (var i = 0; i < 3 && !way.Replies[^1].Contains("3 day ticket", StringComparison.Ordinal); i++)
        {
            await way.ConfirmAsync(yes: false);
        }

        Assert.Equal(SpeakerZone.Passenger, way.Rig.Ports.Replies[^1].Zone);
        Assert.Contains("3 day ticket", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadBack_ChangedToFetching_IsForTheArrivalThere()
    {
        using var way = NewWay();
        way.Rig.Model.On("I will pick it up", ("order_food", new { item = "noodles" }));
        await way.SayAsync(Both);
        await way.ConfirmAsync(yes: false);
        var brought = way.Kitchen.Opened[^1].ArriveAt!.Value;

        await way.SayAsync("I will pick it up");

        var fetched = way.Kitchen.Updated.Concat(way.Kitchen.Opened).Last(order => order.Delivery == DeliveryKind.Pickup);
        Assert.True(fetched.ArriveAt < brought, $"{fetched.ArriveAt} is not before {brought}");
    }

    [Fact]
    public async Task Cart_OrderedWithAStop_IsTheCart()
    {
        using var way = NewWay();
        way.Rig.Model.On("noodles in the cart", ("add_to_cart", new { item = "noodles" }))
            .On("order it and stop at the depot and book the aquarium", ("order_food", new { }), ("add_stop", new { destination = "depot" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }));
        await way.SayAsync("noodles in the cart");

        await way.SayAsync("order it and stop at the depot and book the aquarium");

        Assert.Contains("noodles from Noodle House", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Single(way.Kitchen.Opened);
        await way.ConfirmAsync(yes: true);
        await way.Rig.Agent.TickAsync();
        await way.ConfirmAsync(yes: true);
        Assert.Equal((1, 1), (way.Aquarium.Placed, way.Kitchen.Placed));
    }

    [Fact]
    public async Task ReadBack_SeveralYesAtOnceAmongTicks_BuysOnceAndAsksTheNextOnce()
    {
        using var way = NewWay();
        await way.SayAsync(Both);
        var question = way.Rig.Ports.Replies[^1].OpenQuestionId;
        way.Here();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => (i % 3) switch
        {
            0 => way.Rig.Agent.OnConfirmationAsync(new(question, true, SpeakerZone.Driver, 0.95, InputChannel.Voice)),
            1 => way.Rig.Agent.TickAsync(),
            _ => way.Rig.Agent.OnSituationChangedAsync(),
        })));

        Assert.Equal((1, 0), (way.Aquarium.Placed, way.Kitchen.Placed));
        Assert.Single(way.Kitchen.Opened);
        Assert.Single(way.Rig.Ports.Replies.Where(reply => reply.OpenQuestionId.Length > 0), reply => reply.OpenQuestionId != question);
    }

    private static ErrandRig NewWay()
    {
        var way = new ErrandRig();
        way.Rig.Model.On(Both, ("order_food", new { item = "noodles", arrive = "home" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }));
        return way;
    }

    private static Place Place(string name, double latitude) => new() { PlaceId = $"{name}{latitude}", Name = name, Position = new GeoPoint(latitude, 11) };
}
