using System.Globalization;
using EcuAgent.MerchantSim;
using EcuAgent.MerchantSim.Payments;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Two purchases in one sentence, as the bundled model understands it: one plan, and for each purchase a read-back and a yes of its own.</summary>
public sealed class ErrandScenarios
{
    private const string Wish = "order a pizza margherita and book two tickets for the aquarium";

    [Fact]
    public async Task TwoPurchasesInOneSentence_YesToBoth_AreTwoChargesOfWhatWasReadBackAndTwoStops()
    {
        await using var rig = await StartAsync();
        var mark = rig.Bus.Mark;

        var first = await AskAsync(rig);
        Assert.StartsWith("The plan is ", first.Text, StringComparison.Ordinal);
        Assert.Empty(rig.World.Ledger);

        var second = await AnswerAsync(rig, first.QuestionId, yes: true);
        Assert.NotEqual(first.QuestionId, second.QuestionId);
        Assert.Equal(AmountOf(first.Text), Assert.Single(rig.World.Ledger).Amount);

        var last = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(second.QuestionId, yes: true);
        await rig.Bus.NextAsync<V1.OrderStatus>(status => status.State == V1.OrderState.Placed, last);

        Assert.Equal([AmountOf(first.Text), AmountOf(second.Text)], rig.World.Ledger.Select(entry => entry.Amount));
        Assert.All(rig.World.Ledger, entry => Assert.Equal(LedgerKind.Charge, entry.Kind));
        Assert.Equal(2, rig.World.Ledger.Select(entry => entry.Merchant).Distinct().Count());
        var home = await rig.Bus.NextAsync<V1.NavigationCommand>(command => command.Action == V1.NavigationAction.SetDestination, mark);
        Assert.StartsWith("Home", home.DestinationName.ToString(), StringComparison.Ordinal);
        foreach (var stop in new[] { "Trattoria Bellavista", "Ocean Aquarium" })
        {
            await rig.Bus.NextAsync<V1.NavigationCommand>(
                command => command.Action == V1.NavigationAction.AddStop && command.DestinationName.ToString() == stop, mark);
        }
    }

    [Fact]
    public async Task TwoPurchasesInOneSentence_YesAndNo_IsOneCharge()
    {
        await using var rig = await StartAsync();
        var first = await AskAsync(rig);
        var second = await AnswerAsync(rig, first.QuestionId, yes: true);

        var mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(second.QuestionId, yes: false);
        await rig.Bus.NextAsync<V1.OrderStatus>(status => status.State == V1.OrderState.Canceled, mark);

        var charge = Assert.Single(rig.World.Ledger);
        Assert.Equal((LedgerKind.Charge, AmountOf(first.Text)), (charge.Kind, charge.Amount));
    }

    [Fact]
    public async Task TwoPurchasesInOneSentenceWhileMoving_AreOfferedTogetherWhenParkedAndBoughtOneByOne()
    {
        await using var rig = await StartAsync(isParked: false);
        var turn = await rig.Bus.AskAsync(Wish);
        Assert.Contains("has to wait", turn.Text, StringComparison.Ordinal);

        var mark = rig.Bus.Mark;
        await rig.Bus.ParkAsync();
        var offer = await QuestionAsync(rig, mark);
        Assert.Contains("you wanted the order of pizza margherita and the booking of 2 entrance tickets for aquarium", offer.Text, StringComparison.Ordinal);

        var first = await AnswerAsync(rig, offer.QuestionId, yes: true);
        Assert.Contains("The plan is ", first.Text, StringComparison.Ordinal);
        Assert.Empty(rig.World.Ledger);
        var second = await AnswerAsync(rig, first.QuestionId, yes: true);
        mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(second.QuestionId, yes: true);
        await rig.Bus.NextAsync<V1.OrderStatus>(status => status.State == V1.OrderState.Placed, mark);

        Assert.Equal([AmountOf(first.Text), AmountOf(second.Text)], rig.World.Ledger.Select(entry => entry.Amount));
    }

    private static async Task<CommerceRig> StartAsync(bool isParked = true)
    {
        var rig = await CommerceRig.StartAsync();
        
        // In the middle of the simulators' map and of the merchants.
        rig.Bus.Car.SetLocation(48.1374, 11.5755);
        await (isParked ? rig.Bus.ParkAsync() : rig.Bus.DriveAsync());
        return rig;
    }

    private static async Task<(string Text, string QuestionId)> AskAsync(CommerceRig rig)
    {
        var turn = await rig.Bus.AskAsync(Wish);
        Assert.NotEmpty(turn.QuestionId);
        return (turn.Text, turn.QuestionId);
    }

    private static async Task<(string Text, string QuestionId)> AnswerAsync(CommerceRig rig, string questionId, bool yes)
    {
        var mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(questionId, yes);
        return await QuestionAsync(rig, mark);
    }

    private static async Task<(string Text, string QuestionId)> QuestionAsync(CommerceRig rig, int mark)
    {
        var reply = await rig.Bus.NextAsync<V1.AssistantReply>(reply => reply.OpenQuestionId.ToString().Length > 0, mark);
        return (reply.Text.ToString(), reply.OpenQuestionId.ToString());
    }

    // The total of a read-back, in cents: the first amount after its plan.
    private static long AmountOf(string readBack)
    {
        var words = readBack.Split(' ');
        var at = Array.FindIndex(words, word => word.StartsWith("EUR", StringComparison.Ordinal));
        Assert.True(at > 0, readBack);
        return (long)(decimal.Parse(words[at - 1], CultureInfo.InvariantCulture) * 100);
    }
}
