using EcuAgent.Core.Agent;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>Several purchases in one sentence while the car moves: they come back together when it is parked.</summary>
public sealed class DeferredErrandTests
{
    private const string Three = "noodles to arrive when I get home, two tickets for the aquarium on the way and stop at the depot";
    private const string Noodles = "the order of noodles for when you get home";
    private const string Tickets = "the booking of 2 entrance tickets for aquarium on the way";

    [Fact]
    public async Task Deferred_OfOneUtterance_AreOfferedTogetherAndPlannedOnAYesEachWithAYesOfItsOwn()
    {
        using var way = await ParkedAgainAsync();
        Assert.Equal($"The car is parked now, and you wanted {Noodles} and {Tickets}: shall I go on?", way.Rig.Ports.LastReply);
        var offer = way.Rig.Ports.Replies[^1].OpenQuestionId;

        await way.ConfirmAsync(yes: true);

        Assert.StartsWith("The plan is City Aquarium at ", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Contains($", then Noodle House there at ", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.EndsWith("shall I go on?", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Empty(way.Mall.Charges);
        var first = way.Rig.Ports.Replies[^1].OpenQuestionId;
        await way.ConfirmAsync(yes: true);
        Assert.Equal((1, 0), (way.Aquarium.Placed, way.Kitchen.Placed));
        var second = way.Rig.Ports.Replies[^1].OpenQuestionId;
        await way.ConfirmAsync(yes: true);

        Assert.Equal((1, 1), (way.Aquarium.Placed, way.Kitchen.Placed));
        Assert.Equal(3, new[] { offer, first, second }.Distinct().Count());
        Assert.Equal(0, way.Rig.Services.Deferrals.Count);
        Assert.Equal(
            [(OrderState.Deferred, 2), (OrderState.AwaitingConfirmation, 4), (OrderState.Canceled, 2), (OrderState.Placed, 2)],
            way.Rig.Ports.Orders.GroupBy(order => order.State).Select(group => (group.Key, group.Count())));
        Assert.All(way.Rig.Ports.Orders.Where(order => order.State == OrderState.Canceled), order => Assert.Equal(AgentReasons.PlannedTogether, order.Reason));
    }

    [Fact]
    public async Task Deferred_InChinese_AreOfferedTogetherInChinese()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("到家时点noodles，再订aquarium门票", ("order_food", new { item = "noodles", arrive = "home" }), ("book_ticket", new { kind = "attraction", what = "aquarium" }));
        way.Rig.Drive();
        await way.SayAsync("到家时点noodles，再订aquarium门票", "zh");

        way.Stay(6);
        await way.Rig.Agent.TickAsync();

        Assert.StartsWith("车已停好，您要", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Contains("和预订aquarium的门票，要继续吗", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deferred_YesToTheOfferButNoToAReadBack_BuysTheOtherOnly()
    {
        using var way = await ParkedAgainAsync();

        await way.ConfirmAsync(yes: true);
        await way.ConfirmAsync(yes: false);
        await way.ConfirmAsync(yes: true);

        Assert.Equal((0, 1), (way.Aquarium.Placed, way.Kitchen.Placed));
    }

    [Fact]
    public async Task Deferred_NoToTheOffer_DropsAllAndSaysSo()
    {
        using var way = await ParkedAgainAsync();

        await way.ConfirmAsync(yes: false);

        Assert.Equal("The order of noodles for when you get home is dropped. The booking of 2 entrance tickets for aquarium on the way is dropped.", way.Rig.Ports.LastReply);
        await ExpectNothingLeftAsync(way);
    }

    [Fact]
    public async Task Deferred_OfferUnanswered_DropsAllAndSaysSo()
    {
        using var way = await ParkedAgainAsync();

        way.Stay(31);
        await way.Rig.Agent.TickAsync();

        Assert.Equal(
            $"There was no answer, so {Noodles} was not carried out. There was no answer, so {Tickets} was not carried out.", way.Rig.Ports.LastReply);
        await ExpectNothingLeftAsync(way);
    }

    [Fact]
    public async Task Deferred_UnsureYesToTheOffer_IsAskedAgain()
    {
        using var way = await ParkedAgainAsync();
        var question = way.Rig.Ports.Replies[^1].OpenQuestionId;

        await way.Rig.ConfirmAsync(yes: true, confidence: 0.3);

        Assert.Equal(question, way.Rig.Ports.Replies[^1].OpenQuestionId);
        Assert.Equal(2, way.Rig.Services.Deferrals.Count);
        Assert.Empty(way.Aquarium.Opened);
    }

    [Fact]
    public async Task Deferred_CarMovesOffAtTheOffer_WaitAndAreOfferedTogetherAgain()
    {
        using var way = await ParkedAgainAsync();
        var question = way.Rig.Ports.Replies[^1].OpenQuestionId;

        way.Rig.Drive();
        way.Here();
        await way.Rig.Agent.OnSituationChangedAsync();
        await way.Rig.Agent.OnConfirmationAsync(new(question, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));
        Assert.Empty(way.Aquarium.Opened);
        Assert.Equal(2, way.Rig.Services.Deferrals.Count);

        way.Stay(6);
        await way.Rig.Agent.TickAsync();
        Assert.Equal($"The car is parked now, and you wanted {Noodles} and {Tickets}: shall I go on?", way.Rig.Ports.LastReply);
    }

    [Fact]
    public async Task Deferred_OneHasWaitedTooLong_IsSaidAndTheOtherIsOfferedAlone()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("noodles for home again", ("order_food", new { item = "noodles", arrive = "home" }));
        way.Rig.Drive();
        await way.SayAsync(Three);
        way.Rig.Time.Advance(TimeSpan.FromMinutes(119));
        way.Rig.Drive();
        await way.SayAsync("noodles for home again");
        way.Rig.Time.Advance(TimeSpan.FromMinutes(2));
        way.Stay(6);

        await way.Rig.Agent.TickAsync();

        Assert.Equal("The booking of 2 entrance tickets for aquarium on the way has waited too long and is dropped.", way.Replies[^2]);
        Assert.Equal($"The car is parked now: shall I go on with {Noodles}?", way.Replies[^1]);
        Assert.Equal(OrderState.Expired, way.Rig.Ports.Orders[^2].State);
    }

    [Fact]
    public async Task Deferred_OneIsCanceledAtTheOffer_TheYesIsForTheOther()
    {
        using var way = await ParkedAgainAsync();
        var question = way.Rig.Ports.Replies[^1].OpenQuestionId;
        way.Rig.Model.On("cancel the tickets", ("cancel_order", new { kind = "ticket" }));

        await way.SayAsync("cancel the tickets");
        way.Here();
        await way.Rig.Agent.OnConfirmationAsync(new(question, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));

        Assert.Contains("noodles from Noodle House", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Empty(way.Aquarium.Opened);
    }

    [Fact]
    public async Task Deferred_OfTwoUtterances_AreOfferedOneAfterTheOther()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("noodles please", ("order_food", new { item = "noodles" })).On("tickets please", ("book_ticket", new { kind = "attraction" }));
        way.Rig.Drive();
        await way.SayAsync("noodles please");
        await way.SayAsync("tickets please");

        way.Stay(6);
        await way.Rig.Agent.TickAsync();
        Assert.Equal("The car is parked now: shall I go on with the order of noodles?", way.Rig.Ports.LastReply);
        await way.ConfirmAsync(yes: false);
        await way.Rig.Agent.TickAsync();
        Assert.Equal("The car is parked now: shall I go on with the booking of entrance ticket?", way.Rig.Ports.LastReply);
    }

    [Fact]
    public async Task Deferred_YesWhileAnotherOrderIsReadBack_IsNotLost()
    {
        using var way = new ErrandRig();
        way.Rig.Model.On("noodles please", ("order_food", new { item = "noodles" })).On("tickets please", ("book_ticket", new { kind = "attraction" }));
        way.Rig.Drive();
        await way.SayAsync("noodles please");
        way.Stay(6);
        await way.Rig.Agent.TickAsync();
        var offer = way.Rig.Ports.Replies[^1].OpenQuestionId;
        await way.SayAsync("tickets please");
        var tickets = way.Rig.Ports.Replies[^1].OpenQuestionId;

        await way.Rig.Agent.OnConfirmationAsync(new(offer, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));
        Assert.Contains("The order of noodles has to wait", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        await way.Rig.Agent.OnConfirmationAsync(new(tickets, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));
        await way.Rig.Agent.TickAsync();
        Assert.Equal("The car is parked now: shall I go on with the order of noodles?", way.Rig.Ports.LastReply);
        await way.ConfirmAsync(yes: true);
        await way.ConfirmAsync(yes: true);

        Assert.Equal((1, 1), (way.Aquarium.Placed, way.Kitchen.Placed));
    }

    private static async Task<ErrandRig> ParkedAgainAsync()
    {
        var way = new ErrandRig();
        way.Rig.Drive();
        await way.SayAsync(Three);
        Assert.Equal(2, way.Rig.Services.Deferrals.Count);
        way.Stay(6);
        await way.Rig.Agent.TickAsync();
        return way;
    }

    private static async Task ExpectNothingLeftAsync(ErrandRig way)
    {
        var replies = way.Replies.Count;
        way.Stay(10);
        await way.Rig.Agent.TickAsync();
        Assert.Equal((0, replies, 0), (way.Rig.Services.Deferrals.Count, way.Replies.Count, way.Aquarium.Opened.Count + way.Kitchen.Opened.Count));
    }
}
