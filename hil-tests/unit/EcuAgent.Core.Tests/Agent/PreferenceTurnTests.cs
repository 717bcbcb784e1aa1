using EcuAgent.Core.Agent;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>What holds for every purchase without being said, and who is in the car.</summary>
public sealed class PreferenceTurnTests
{
    private const string Order = "order a pizza";

    [Theory]
    [InlineData("en", "The order of pizza: vegan pizza verdure from Noodle House for 12.50 EUR, shall I go on?")]
    [InlineData("zh", "订购pizza：Noodle House的纯素pizza verdure，12.50 EUR，要继续吗？")]
    public async Task Order_StandingDiet_TakesWhatKeepsItAndSaysSo(string language, string readBack)
    {
        var shop = Pizzeria();
        using var rig = Parked(shop, Vegan);

        await rig.SayAsync(Order, language: language);

        Assert.Equal(readBack, rig.Ports.LastReply);
        Assert.Equal(["vegan"], Assert.Single(shop.Searched).Diets);
        Assert.Contains("diet_vegan=preference", Assert.Single(rig.Journal.All).Why);
    }

    [Fact]
    public async Task Order_DietSaidBesideTheStandingOne_KeepsBoth()
    {
        var shop = Pizzeria();
        shop.Sell("pizza falafel", null, "vegan", "halal");
        shop.Sell("pizza pollo", null, "halal");
        using var rig = Parked(shop, Vegan);
        rig.Model.On("a halal pizza", ("order_food", new { item = "pizza", diet = "halal" }));

        await rig.SayAsync("a halal pizza");

        Assert.Equal("The order of halal pizza: vegan pizza falafel from Noodle House for 12.50 EUR, shall I go on?", rig.Ports.LastReply);
        Assert.Equal(["halal", "vegan"], Assert.Single(shop.Searched).Diets);
        Assert.Equal(["diet_halal", "diet_vegan=preference"], Assert.Single(rig.Journal.All).Why.Where(why => why.StartsWith("diet_", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, "en", "I found nothing that is gluten-free and vegan, so the order of gluten-free pizza from Noodle House was not carried out.")]
    [InlineData(true, "en", "I found nothing that is gluten-free and vegan, so the order of gluten-free pizza from Noodle House was not carried out.")]
    [InlineData(true, "zh", "没有找到无麸质、纯素的选项，订购Noodle House的无麸质pizza没有执行。")]
    public async Task Order_NothingKeepsTheDiets_IsToldAlsoWhereTheMerchantIsNamed(bool keepsDiets, string language, string reply)
    {
        var shop = Pizzeria();
        shop.KeepsDiets = keepsDiets;
        using var rig = Parked(shop, Vegan);
        rig.Model.On($"{Order}, Noodle House", ("order_food", new { item = "pizza", merchant = "Noodle House", diet = "gluten_free" }));

        await rig.SayAsync($"{Order}, Noodle House", language: language);

        Assert.Equal(reply, rig.Ports.LastReply);
        Assert.Equal((DecisionKind.Deny, "diet_not_kept"), rig.Ports.Decisions[^1] is var decision ? (decision.Kind, decision.Reason) : default);
        Assert.Empty(shop.Opened);
    }

    [Fact]
    public async Task Order_MerchantHasNothingOfTheKind_IsNotPutDownToTheDiet()
    {
        var shop = new TestMerchant { KeepsDiets = true };
        shop.Catalogue.Clear();
        using var rig = Parked(shop, Vegan);

        await rig.SayAsync(Order);

        Assert.Equal("I found no offer for the order of pizza.", rig.Ports.LastReply);
        Assert.Equal([["vegan"], []], shop.Searched.Select(query => query.Diets));
    }

    [Fact]
    public async Task Search_NothingKeepsTheDiet_SaysWhy()
    {
        var shop = Pizzeria();
        using var rig = Parked(shop, new BuyerPreferences { Diets = ["kosher"] });
        rig.Model.On("what is there to eat", ("search_food", new { }));

        var turn = await rig.SayAsync("what is there to eat");

        Assert.Equal(("I found nothing that is kosher.", "diet_not_kept"), (turn.ReplyText, turn.Calls[0].ReasonCode));
    }

    [Theory]
    [InlineData("book_hotel")]
    [InlineData("book_ticket")]
    [InlineData("book_table")]
    public async Task Booking_StandingDiet_MakesNoDifference(string tool)
    {
        var shop = Pizzeria();
        using var rig = Parked(shop, Vegan);
        rig.Model.On("book it", tool == "book_ticket" ? (tool, (object?)new { kind = "attraction" }) : (tool, null));

        await rig.SayAsync("book it");

        Assert.Single(shop.Opened);
        Assert.Empty(Assert.Single(shop.Searched).Diets);
    }

    [Theory]
    [InlineData(
        "en",
        "I found nothing within your budget of 10.00 EUR a person, so the order of pizza was not carried out; "
        + "by name you can still have pizza verdure from Noodle House for 11.00 EUR.",
        "The order of pizza verdure from Noodle House: pizza verdure from Noodle House for 12.50 EUR, above your budget of 10.00 EUR a person, shall I go on?")]
    [InlineData(
        "zh",
        "没有找到在您每人10.00 EUR预算之内的选项，订购pizza没有执行；指名的话仍可以订Noodle House的pizza verdure，11.00 EUR。",
        "订购Noodle House的pizza verdure：Noodle House的pizza verdure，12.50 EUR，超过您每人10.00 EUR的预算，要继续吗？")]
    public async Task Order_NothingWithinTheBudget_IsToldAndCanBeHadByName(string language, string refused, string readBack)
    {
        var shop = Pizzeria(1200, 1100);
        using var rig = Parked(shop, Food(1000));
        rig.Model.On("pizza verdure from Noodle House", ("order_food", new { item = "pizza verdure", merchant = "Noodle House" }));

        await rig.SayAsync(Order, language: language);
        Assert.Equal(refused, rig.Ports.LastReply);
        Assert.Equal((DecisionKind.Deny, "over_budget"), rig.Ports.Decisions[^1] is var decision ? (decision.Kind, decision.Reason) : default);
        Assert.Empty(shop.Opened);

        await rig.SayAsync("pizza verdure from Noodle House", language: language);
        Assert.Equal(readBack, rig.Ports.LastReply);
        Assert.Contains("over_budget_minor=1000 EUR", rig.Journal.All.Single(purchase => purchase.Stage == PurchaseStage.Quoted).Why);
    }

    [Fact]
    public async Task Order_SomethingWithinTheBudget_TakesThatAndItsReasonSaysSo()
    {
        var shop = Pizzeria(800, 1300);
        shop.UnitPrice = 800;
        using var rig = Parked(shop, Food(1000));

        await rig.SayAsync(Order);

        Assert.Equal("The order of pizza: pizza salami from Noodle House for 8.00 EUR, shall I go on?", rig.Ports.LastReply);
        Assert.Contains("within_budget_minor=1000 EUR", Assert.Single(rig.Journal.All).Why);
    }

    [Theory]
    [InlineData("order_food", 2, 0, 2500, "")]
    [InlineData("order_food", 2, 0, 2501, ", above your budget of 12.50 EUR a person")]
    [InlineData("book_ticket", 3, 0, 3751, ", above your budget of 12.50 EUR a ticket")]
    [InlineData("book_hotel", 0, 2, 2500, "")]
    [InlineData("book_hotel", 0, 2, 2502, ", above your budget of 12.50 EUR a night")]
    public async Task ReadBack_TotalWithFees_IsHeldAgainstTheBudgetForWhatIsAskedInTheEnd(string tool, int quantity, int nights, long total, string told)
    {
        var shop = Pizzeria(1200, 1200);
        shop.Adds = total - (quantity == 0 ? shop.UnitPrice : shop.UnitPrice * quantity);
        var most = new Dictionary<string, long> { ["EUR"] = 1250 };
        using var rig = Parked(shop, new BuyerPreferences { Budgets = new BuyerBudgets { FoodPerPerson = most, HotelPerNight = most, TicketEach = most } });
        rig.Model.On("get a pizza", tool switch
        {
            "book_hotel" => (tool, (object?)new { nights }),
            "book_ticket" => (tool, new { kind = "movie", quantity }),
            _ => (tool, new { item = "pizza", quantity }),
        });

        await rig.SayAsync("get a pizza");

        var day = tool switch { "book_hotel" => ", from today", "book_ticket" => ", for today", _ => "" };
        Assert.EndsWith($" EUR{told}{day}, shall I go on?", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "I found nothing within your budget of 10.00 EUR a person. I found 2: first, pizza verdure from Noodle House for 11.00 EUR; second, pizza salami from Noodle House for 12.00 EUR.")]
    [InlineData("zh", "没有找到在您每人10.00 EUR预算之内的选项。找到2个：第一，Noodle House的pizza verdure，11.00 EUR；第二，Noodle House的pizza salami，12.00 EUR。")]
    public async Task Search_NothingWithinTheBudget_TellsWhatIsBeyondItToChooseFrom(string language, string reply)
    {
        using var rig = Parked(Pizzeria(1200, 1100), Food(1000));
        rig.Model.On("what is there to eat", ("search_food", new { })).On("the second one", ("choose_option", new { which = "second" }));

        var turn = await rig.SayAsync("what is there to eat", language: language);
        Assert.Equal((reply, "over_budget"), (turn.ReplyText, turn.Calls[0].ReasonCode));

        await rig.SayAsync("the second one");
        Assert.Contains("pizza salami from Noodle House for 12.50 EUR, above your budget of 10.00 EUR a person, shall", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_PricesInAnotherCurrencyThanTheBudget_AreToldAsNotCompared()
    {
        using var rig = Parked(Pizzeria(), new BuyerPreferences { Budgets = new BuyerBudgets { FoodPerPerson = new Dictionary<string, long> { ["CHF"] = 9900 } } });

        await rig.SayAsync(Order);

        Assert.StartsWith("I found no price that I could compare with your budget of 99.00 CHF a person, so the order of pizza was not", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal("budget_in_other_currency", rig.Ports.Decisions[^1].Reason);
    }

    [Fact]
    public async Task Change_TheLargerOneAboveTheBudget_IsAskedForByNameAndTold()
    {
        var shop = Pizzeria(1250, 1250);
        shop.Sell("large pizza salami", new Money(1900, "EUR"));
        using var rig = Parked(shop, Food(1250));
        rig.Model.On("the larger one", ("order_food", new { item = "larger one" }));
        await rig.SayAsync(Order);

        shop.Adds = 650;
        await rig.SayAsync("the larger one");

        Assert.Equal(
            "The order of large pizza salami: large pizza salami from Noodle House for 19.00 EUR, above your budget of 12.50 EUR a person, shall I go on?", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Errands_OneThatNothingKeepsTo_IsToldAndTheOtherGoesOn()
    {
        using var way = new ErrandRig(Options(new BuyerPreferences { Diets = ["vegan"] }));

        await way.SayAsync("noodles to arrive when I get home, two tickets for the aquarium on the way and stop at the depot");

        Assert.StartsWith(
            "I found nothing that is vegan, so the order of noodles for when you get home was not carried out.", way.Rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Contains("City Aquarium", way.Rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CHF", "first, pizza al taglio from Noodle House for 9.00 CHF")]
    [InlineData("EUR", "third, pizza al taglio from Noodle House for 9.00 CHF")]
    public async Task Search_PreferredCurrency_IsToldFirst(string currency, string told)
    {
        var shop = Pizzeria();
        shop.Sell("pizza al taglio", new Money(900, "CHF"));
        using var rig = Parked(shop, new BuyerPreferences { Currency = currency });
        rig.Model.On("what is there to eat", ("search_food", new { }));

        await rig.SayAsync("what is there to eat");

        Assert.Contains(told, rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "The table reservation for 3: pizza salami from Noodle House for 12.50 EUR, for today, for 3 as there are 3 people in the car, shall I go on?")]
    [InlineData("zh", "预订座位（3人）：Noodle House的pizza salami，12.50 EUR，今天，车里有3位，按3位订，要继续吗？")]
    public async Task Table_NobodySaidForHowMany_IsForThoseInTheCarAndSaysSo(string language, string readBack)
    {
        var shop = Pizzeria();
        using var rig = Parked(shop);
        rig.Seat(0.9, seesRear: true, CabinZone.Passenger, CabinZone.RearLeft);
        rig.Model.On("a table please", ("book_table", null)).On("for six", ("book_table", new { people = 6 }));

        await rig.SayAsync("a table please", language: language);
        Assert.Equal(readBack, rig.Ports.LastReply);
        Assert.Equal(3, Assert.Single(shop.Opened).People);

        await rig.SayAsync("for six", language: language);
        Assert.EndsWith(language == "en" ? " 12.50 EUR, for today, shall I go on?" : "，12.50 EUR，今天，要继续吗？", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal(6, Assert.Single(shop.Updated).People);
    }

    [Theory]
    [InlineData(0.59, true)] // not sure enough for the gate
    [InlineData(0.9, false)] // nobody knows about the rear seats
    public async Task Table_WhoIsInTheCarNotKnown_IsAsBefore(double confidence, bool seesRear)
    {
        var shop = Pizzeria();
        using var rig = Parked(shop);
        rig.Seat(confidence, seesRear, CabinZone.Passenger);
        rig.Model.On("a table please", ("book_table", null));

        await rig.SayAsync("a table please");

        Assert.Equal("The table reservation: pizza salami from Noodle House for 12.50 EUR, for today, shall I go on?", rig.Ports.LastReply);
        Assert.Null(Assert.Single(shop.Opened).People);
    }

    [Fact]
    public async Task Table_CameraSilentForTooLong_IsAsBefore()
    {
        var shop = Pizzeria();
        using var rig = Parked(shop);
        rig.Seat(0.9, seesRear: true, CabinZone.Passenger);
        rig.Model.On("a table please", ("book_table", null));

        rig.Park();
        await rig.SayAsync("a table please");

        Assert.Null(Assert.Single(shop.Opened).People);
    }

    [Theory]
    [InlineData("order_food", "en", ", one for the 2 people in the car, shall I go on?")]
    [InlineData("order_food", "zh", "，车里有2位，只订1份，要继续吗？")]
    [InlineData("book_ticket", "en", ", for today, one for the 2 people in the car, shall I go on?")]
    [InlineData("book_hotel", "en", ", from today, one room for the 2 people in the car, shall I go on?")]
    [InlineData("book_hotel", "zh", "，今天入住，车里有2位，只订1间，要继续吗？")]
    public async Task Purchase_NobodySaidHowMany_IsOneAndTellsWhoIsInTheCar(string tool, string language, string told)
    {
        var shop = Pizzeria();
        using var rig = Parked(shop);
        rig.Seat(0.9, seesRear: true, CabinZone.RearRight);
        rig.Model.On("get a pizza", tool switch
        {
            "book_ticket" => (tool, (object?)new { kind = "movie" }),
            "book_hotel" => (tool, null),
            _ => (tool, new { item = "pizza" }),
        }).On("make it two", (tool, tool == "book_ticket" ? new { kind = "movie", quantity = 2 } : new { quantity = 2 }));

        await rig.SayAsync("get a pizza", language: language);
        Assert.EndsWith($"12.50 EUR{told}", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal((1, null), Assert.Single(shop.Opened) is var order ? (order.Lines[0].Quantity, order.People) : default);

        if (tool != "book_hotel")
        {
            await rig.SayAsync("make it two", language: language);
            var day = tool == "book_ticket" ? ", for today" : "";
            Assert.EndsWith(language == "en" ? $" 25.00 EUR{day}, shall I go on?" : "，25.00 EUR，要继续吗？", rig.Ports.LastReply, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Purchase_AloneOrQuantitySaid_TellsNothingOfTheCar()
    {
        var shop = Pizzeria();
        using var rig = Parked(shop);
        rig.Model.On("one pizza", ("order_food", new { item = "pizza", quantity = 1 }));
        rig.Seat(0.9, seesRear: true);
        await rig.SayAsync(Order);
        Assert.EndsWith("12.50 EUR, shall I go on?", rig.Ports.LastReply, StringComparison.Ordinal);
        await rig.ConfirmAsync(yes: false);

        rig.Seat(0.9, seesRear: true, CabinZone.Passenger);
        await rig.SayAsync("one pizza");
        Assert.EndsWith("12.50 EUR, shall I go on?", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public void Agent_PreferenceOfAnUnknownDiet_IsNotMade()
    {
        var error = Assert.Throws<ArgumentException>(() => new AgentRig(Options(new BuyerPreferences { Diets = ["vegan", "paleo"] })));

        Assert.StartsWith("Diets:1 = 'paleo'; known are vegetarian, vegan, halal, kosher, gluten_free", error.Message, StringComparison.Ordinal);
    }

    private static BuyerPreferences Vegan => new() { Diets = ["vegan"] };

    private static BuyerPreferences Food(long most) =>
        new() { Budgets = new BuyerBudgets { FoodPerPerson = new Dictionary<string, long> { ["EUR"] = most } } };

    private static AgentOptions Options(BuyerPreferences? preferences) => new() { ReadBackWait = TimeSpan.Zero, Preferences = preferences ?? new BuyerPreferences() };

    private static TestMerchant Pizzeria(long salami = 1250, long verdure = 1250)
    {
        var shop = new TestMerchant();
        shop.Catalogue.Clear();
        shop.Sell("pizza salami", new Money(salami, "EUR"));
        shop.Sell("pizza verdure", new Money(verdure, "EUR"), "vegan");
        return shop;
    }

    private static AgentRig Parked(TestMerchant shop, BuyerPreferences? preferences = null)
    {
        var rig = new AgentRig(Options(preferences), shop);
        rig.Park();
        rig.Model.On(Order, ("order_food", new { item = "pizza" }));
        return rig;
    }
}
