using EcuAgent.Core.Commerce;
using EcuAgent.Core.Replies;
using EcuAgent.Core.Tests.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class PaymentAnswerTests
{
    [Fact]
    public async Task Payment_Asked_TellsHowItIsPaidLimitsAndWhatWasSpent()
    {
        using var rig = new AgentRig(merchant: new TestMerchant());
        rig.Park();
        rig.Model.On("order noodles", ("order_food", new { item = "noodles" })).On("how do I pay", ("get_payment_info", new { about = "payment" }));
        await rig.SayAsync("order noodles");
        await rig.ConfirmAsync(yes: true);

        await rig.SayAsync("how do I pay");

        Assert.Equal(
            "Payments go through your payment provider by reference, and no card number is kept here; the limits are 300.00 EUR for an order, 500.00 EUR for a trip "
            + "and 800.00 EUR for a day; 12.50 EUR is spent today.",
            rig.Ports.LastReply);
    }

    [Theory]
    [InlineData("charge", "I have paid nothing lately.", "The last payment was 12.50 EUR to Noodle House for the order of noodles.")]
    [InlineData("refund", "I know of no refund.", "Noodle House took back the order of noodles, and your payment provider returns the 12.50 EUR.")]
    [InlineData("balance", "Only your payment provider knows the balance; 0.00 EUR is spent today.", "Only your payment provider knows the balance; 0.00 EUR is spent today.")]
    public async Task Payment_AboutOne_TellsTheNewest(string about, string before, string after)
    {
        using var rig = new AgentRig(merchant: new TestMerchant());
        rig.Park();
        rig.Model.On("order noodles", ("order_food", new { item = "noodles" })).On("cancel the food", ("cancel_order", new { kind = "food" }))
            .On("what about it", ("get_payment_info", new { about }));
        await rig.SayAsync("what about it");
        Assert.Equal(before, rig.Ports.LastReply);
        await rig.SayAsync("order noodles");
        await rig.ConfirmAsync(yes: true);
        if (about != "charge")
        {
            await rig.SayAsync("cancel the food");
        }

        await rig.SayAsync("what about it");

        Assert.Equal(after, rig.Ports.LastReply);
    }

    [Fact]
    public async Task Payment_Declined_TellsWhichOne()
    {
        using var rig = new AgentRig(merchant: new TestMerchant { Declines = true });
        rig.Park();
        rig.Model.On("order noodles", ("order_food", new { item = "noodles" })).On("why was it declined", ("get_payment_info", new { about = "declined" }));
        await rig.SayAsync("why was it declined");
        Assert.Equal("I know of no declined payment.", rig.Ports.LastReply);
        await rig.SayAsync("order noodles");
        await rig.ConfirmAsync(yes: true);

        await rig.SayAsync("why was it declined");

        Assert.Equal("The payment to Noodle House for the order of noodles was declined, and your payment provider can tell why.", rig.Ports.LastReply);
    }

    [Theory]
    [InlineData("payment_method", "A means of payment is added at your payment provider, and its reference is then entered in the car's settings; I take no card numbers.")]
    [InlineData("account", "Accounts with merchants are linked in the car's settings, not by voice.")]
    [InlineData("limit", "Spending limits are changed in the car's settings, not by voice.")]
    public async Task Setup_Parked_TellsWhatThePersonHasToDo(string what, string reply)
    {
        using var rig = new AgentRig(merchant: new TestMerchant());
        rig.Park();
        rig.Model.On("set it up", ("setup_account", new { what }));

        await rig.SayAsync("set it up");

        Assert.Equal(reply, rig.Ports.LastReply);
    }

    [Fact]
    public async Task Payment_WithoutMerchants_SaysSo()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("how do I pay", ("get_payment_info", new { about = "payment" }));

        await rig.SayAsync("how do I pay");

        Assert.Equal("No payment service is set up, so I cannot look that up.", rig.Ports.LastReply);
    }

    [Theory]
    [InlineData("en", "delivery_not_offered", "the merchant does not offer that way of delivery, so it was not carried out")]
    [InlineData("en", "items_differ", "the merchant has other items or another number, so it was not carried out")]
    [InlineData("en", "closed_at_arrival", "the merchant is closed at that time, so it was not carried out")]
    [InlineData("en", "whatever", "the merchant could not do it, so it was not carried out and nothing was paid")]
    [InlineData("zh", "delivery_not_offered", "商家不提供这种取送方式，it没有执行")]
    [InlineData("zh", "items_differ", "商家给的商品或数量不一样，it没有执行")]
    [InlineData("zh", "merchant_unreachable", "商家现在没有回应，没有下单也没有付款")]
    public void NotOrdered_Reason_IsSaid(string language, string reason, string clause) =>
        Assert.Equal(clause, Phrases.For(language, "").NotOrdered("it", reason));

    // A reason that one language explains and the other does not would be forgotten in the other.
    [Fact]
    public void NotOrdered_BothLanguages_ExplainTheSameReasons()
    {
        var reasons = typeof(CommerceReasons).GetFields().Select(field => (string)field.GetRawConstantValue()!).Append("interrupted").ToList();

        Assert.Equal(Explained("en"), Explained("zh"));

        List<string> Explained(string language)
        {
            var phrases = Phrases.For(language, "");
            return [.. reasons.Where(reason => phrases.NotOrdered("it", reason) != phrases.NotOrdered("it", "whatever"))];
        }
    }

    [Fact]
    public void Progress_EachState_IsSaidInBothLanguages()
    {
        var record = new PurchaseRecord
        {
            Id = "p", Stage = PurchaseStage.Placed, Reason = "", BegunAt = default, WrittenAt = default, MerchantId = "m", MerchantName = "Wok",
            Order = new CheckoutOrder { Need = Core.Ports.MerchantNeed.Food, Lines = [new OrderLine("a", "soup", 1)], Currency = "EUR" },
        };
        foreach (var language in new[] { "en", "zh" })
        {
            var said = Enum.GetValues<OrderProgress>()
                .Select(progress => Phrases.For(language, "").Progress(record, new PlacedOrder("o", "1", progress, null, null, []), default)).ToList();
            Assert.Equal(said.Count, said.Distinct().Count());
        }
    }
}
