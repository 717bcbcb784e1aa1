using EcuAgent.ToolBus;
using Xunit;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun.Tests;

public sealed class ExpectTests
{
    private readonly Observation _seen = new();
    private readonly Exchange _exchange;

    public ExpectTests() => _exchange = _seen.Begin("u", Bus.Start);

    [Fact]
    public void Commands_DecidedCompletedReplied_Hold()
    {
        See(Command("c"), Allowed("c"), Completed("c"), Bus.Sample(Bus.Reply("Done.")));

        Assert.True(Holds(Expect.Commands(1)));
    }

    [Theory]
    [InlineData("decision")]
    [InlineData("outcome")]
    [InlineData("reply")]
    public void Commands_OnePartMissing_DoNotHold(string missing)
    {
        See(Command("c"));
        See(missing == "decision" ? [] : [Allowed("c")]);
        See(missing == "outcome" ? [] : [Completed("c")]);
        See(missing == "reply" ? [] : [Bus.Sample(Bus.Reply("Done."))]);

        Assert.False(Holds(Expect.Commands(1)));
    }

    [Fact]
    public void Commands_OneTooMany_DoNotHold()
    {
        See(Command("c"), Allowed("c"), Completed("c"), Command("d"), Allowed("d"), Completed("d"), Bus.Sample(Bus.Reply("Done.")));

        Assert.False(Holds(Expect.Commands(1)));
    }

    [Fact]
    public void Commands_OutcomeFailed_DoNotHold()
    {
        See(Command("c"), Allowed("c"), Bus.Sample(Bus.Outcome("c", V1.OutcomeKind.Failed)), Bus.Sample(Bus.Reply("Not done.")));

        Assert.False(Holds(Expect.Commands(1)));
    }

    [Fact]
    public void Commands_DecisionIsNoAllow_DoNotHold()
    {
        See(Command("c"), Bus.Sample(Bus.Decision("c", V1.DecisionKind.Deny, "x")), Completed("c"), Bus.Sample(Bus.Reply("Done.")));

        Assert.False(Holds(Expect.Commands(1)));
    }

    [Fact]
    public void NoCommand_CommandSeen_DoesNotHold()
    {
        See(Bus.Sample(Bus.Reply("Done.")));
        Assert.True(Holds(Expect.NoCommand));

        See(Command("c"));
        Assert.False(Holds(Expect.NoCommand));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Hvac_StateShowsOtherValue_DoesNotHold(byte shown, bool holds)
    {
        See(Command("c"), Completed("c"), Bus.Sample(new V1.ClimateState { FanLevel = shown }));

        Assert.Equal(holds, Holds(Expect.Hvac(V1.HvacAction.SetFan, c => c.Level == 3, s => s.FanLevel == 3)));
    }

    [Fact]
    public void Hvac_CommandOfAnotherUtterance_DoesNotHold()
    {
        var other = Bus.SetFan("c", 3);
        other.UtteranceId = EcuAgent.Idl.BoundedString36.From("somebody else's");
        See(Bus.Sample(other), Completed("c"), Bus.Sample(new V1.ClimateState { FanLevel = 3 }));

        Assert.False(Holds(Expect.Hvac(V1.HvacAction.SetFan, c => c.Level == 3, s => s.FanLevel == 3)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HvacBeforeNavigation_Order_Decides(bool hvacFirst)
    {
        BusEvent[] inOrder = [Command("c"), Bus.Sample(Bus.GoTo("n", "Home"))];
        See(hvacFirst ? inOrder : [.. inOrder.Reverse()]);

        Assert.Equal(hvacFirst, Holds(Expect.HvacBeforeNavigation));
    }

    [Theory]
    [InlineData("Which one?", true)]
    [InlineData("哪一个？", true)]
    [InlineData("Done.", false)]
    public void Question_ReplyEndsAsOne_Decides(string reply, bool holds)
    {
        See(Bus.Sample(Bus.Reply(reply)));

        Assert.Equal(holds, Holds(Expect.Question));
    }

    [Fact]
    public void Decision_OtherReason_DoesNotHold()
    {
        See(Bus.Sample(Bus.Decision("", V1.DecisionKind.Defer, "deferred_while_moving")));

        Assert.True(Holds(Expect.Decision(V1.DecisionKind.Defer, "deferred_while_moving")));
        Assert.False(Holds(Expect.Decision(V1.DecisionKind.Defer, "deferred_while_idling")));
        Assert.False(Holds(Expect.Decision(V1.DecisionKind.Deny, "deferred_while_moving")));
        Assert.False(Holds(Expect.Decision(V1.DecisionKind.Defer, "deferred_while_moving", "order_food")));
    }

    private static BusSample<V1.HvacCommand> Command(string id) => Bus.Sample(Bus.SetFan(id, 3));

    private static BusSample<V1.CommandOutcome> Completed(string id) => Bus.Sample(Bus.Outcome(id, V1.OutcomeKind.Completed));

    private static BusSample<V1.Decision> Allowed(string id) => Bus.Sample(Bus.Decision(id, V1.DecisionKind.Allow, "allowed"));

    private bool Holds(Expectation expectation) => expectation.Holds(_seen, _exchange);

    private void See(params BusEvent[] events)
    {
        foreach (var value in events)
        {
            _seen.Take(value);
        }
    }
}
