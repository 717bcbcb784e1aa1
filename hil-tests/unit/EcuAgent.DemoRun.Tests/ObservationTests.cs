using Xunit;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun.Tests;

public sealed class ObservationTests
{
    [Fact]
    public void States_Repeated_AreCountedOnce()
    {
        var seen = new Observation();
        foreach (var state in (V1.DrivingState[])[V1.DrivingState.Idling, V1.DrivingState.Idling, V1.DrivingState.Parked, V1.DrivingState.Idling])
        {
            seen.Take(Bus.Sample(new V1.GateStatus { DrivingState = state }));
        }

        Assert.Equal([V1.DrivingState.Idling, V1.DrivingState.Parked, V1.DrivingState.Idling], seen.States.Select(s => s.State));
    }

    [Fact]
    public void BrakeChanges_RepeatedSamples_KeepTheFirstTime()
    {
        var seen = new Observation();
        foreach (var (engaged, time) in ((bool, long)[])[(true, 1), (true, 2), (false, 3), (true, 4)])
        {
            seen.Take(Bus.Sample(new V1.ParkingBrake { Engaged = engaged, SourceTimeNs = time }));
        }

        Assert.Equal([new BrakeChange(true, 1), new BrakeChange(false, 3), new BrakeChange(true, 4)], seen.BrakeChanges);
    }

    [Fact]
    public void FirstCommandAfter_TwoCommands_IsTheFirst()
    {
        var seen = new Observation();
        var exchange = seen.Begin("u", Bus.Start);
        seen.Take(Bus.Sample(Bus.SetFan("a", 1), afterMs: 30));
        seen.Take(Bus.Sample(Bus.SetFan("b", 2), afterMs: 50));

        Assert.Equal(30, exchange.FirstCommandAfter!.Value.TotalMilliseconds, precision: 3);
        Assert.Equal(2, seen.Commands);
    }

    [Fact]
    public void Completed_OutcomeRepeated_IsCountedOnce()
    {
        var seen = new Observation();
        seen.Take(Bus.Sample(Bus.Outcome("a", V1.OutcomeKind.Accepted)));
        seen.Take(Bus.Sample(Bus.Outcome("a", V1.OutcomeKind.Completed)));
        seen.Take(Bus.Sample(Bus.Outcome("a", V1.OutcomeKind.Completed)));

        Assert.Equal(1, seen.Completed);
    }

    [Fact]
    public void Reply_WithoutUtterance_IsTheServicesOwn()
    {
        var seen = new Observation();
        var exchange = seen.Begin("u", Bus.Start);
        seen.Take(Bus.Sample(Bus.Reply("an answer")));
        seen.Take(Bus.Sample(new V1.AssistantReply { OpenQuestionId = EcuAgent.Idl.BoundedString36.From("q") }));

        Assert.Single(exchange.Replies);
        Assert.Single(seen.OwnReplies);
        Assert.Equal(1, seen.Questions);
    }
}
