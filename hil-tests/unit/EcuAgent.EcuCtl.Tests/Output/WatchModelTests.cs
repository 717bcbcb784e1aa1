using EcuAgent.EcuCtl.Tests.Support;
using EcuAgent.EcuCtl.Watch;
using EcuAgent.Idl;
using Spectre.Console;
using Xunit;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Tests.Output;

public sealed class WatchModelTests
{
    private readonly WatchModel _model = new();

    [Fact]
    public void Signal_GrowsOld_IsStaleAndWithItsWriterGone()
    {
        _model.Add(Samples.Speed(0, 10));
        var row = Assert.Single(_model.Signals);
        Assert.Equal("10.00 m/s (36.0 km/h)", row.Value);
        Assert.Equal("valid", row.Quality(Samples.Start + TimeSpan.FromSeconds(0.9)));
        Assert.Equal("stale", row.Quality(Samples.Start + TimeSpan.FromSeconds(1.1)));

        _model.Add(Samples.Speed(0, 10) with { IsGone = true });
        Assert.Equal(SignalRow.Gone, Assert.Single(_model.Signals).Quality(Samples.Start));
    }

    [Fact]
    public void Energy_LevelsThatTheCarHasNot_AreLeftOut()
    {
        _model.Add(Samples.At(0, new V1.Energy { StateOfChargePercent = double.NaN, FuelLevelPercent = 40.5, RangeM = 320_000 }));
        Assert.Equal("fuel 40.5 % range 320 km", Assert.Single(_model.Signals).Value);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Signal_SourceTimeOutOfThisWorld_IsShownAllTheSame(long sourceTimeNs)
    {
        _model.Add(Samples.At(0, new V1.Gear { SourceTimeNs = sourceTimeNs }));
        Assert.NotEmpty(Render());
    }

    [Fact]
    public void Sources_MoreThanTheTableHolds_AreLeftOut()
    {
        for (var i = 0; i < 200; i++)
        {
            _model.Add(Samples.Speed(0, 1, source: $"ecu.{i}"));
        }

        Assert.Equal(64, _model.Signals.Count);
    }

    [Fact]
    public void Command_OutcomeInAnyOrder_StandsBesideIt()
    {
        var command = new V1.HvacCommand { CommandId = BoundedString36.From("c1"), Action = V1.HvacAction.SetFan, Level = 3 };
        var outcome = new V1.CommandOutcome { CommandId = BoundedString36.From("c1"), Kind = V1.OutcomeKind.Rejected, Reason = BoundedString48.From("busy") };

        _model.Add(Samples.At(0, command));
        Assert.Equal("open", Assert.Single(_model.Commands).Outcome);
        _model.Add(Samples.At(0, outcome));
        Assert.Equal(("hvac set_fan 3", "rejected busy"), (_model.Commands[0].Text, _model.Commands[0].Outcome));

        _model.Add(Samples.At(1, outcome with { CommandId = BoundedString36.From("c2") }));
        _model.Add(Samples.At(1, command with { CommandId = BoundedString36.From("c2") }));
        Assert.Equal(2, _model.Commands.Count);
        Assert.Equal(("hvac set_fan 3", "rejected busy"), (_model.Commands[1].Text, _model.Commands[1].Outcome));
    }

    [Fact]
    public void Health_OfAPair_ShowsBothWithTheLeaderFirstUntilOneIsSilent()
    {
        _model.Add(Health(0, "b", "standby:following:100"));
        _model.Add(Health(0.1, "a", "standby:leading:200"));
        var lines = _model.Health.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("standby:leading:200", lines[0], StringComparison.Ordinal);
        Assert.Contains("standby:following:100", lines[1], StringComparison.Ordinal);

        _model.Add(Health(4, "b", "standby:leading:100"));
        Assert.Contains("standby:leading:100", Assert.Single(_model.Health.Split('\n')), StringComparison.Ordinal);
        _model.Add(Health(4, "b", "") with { IsGone = true });
        Assert.Equal("service gone", _model.Health);
    }

    [Fact]
    public void Render_EverythingSeen_IsOnTheScreenAndMarkupIsText()
    {
        _model.Add(Samples.Gear(0, V1.GearPosition.Drive));
        _model.Add(Samples.At(0, new V1.GateStatus { DrivingState = V1.DrivingState.Moving, Reasons = BoundedString128.From("above_standstill") }));
        _model.Add(Samples.At(0, new V1.Decision { Tool = BoundedString48.From("set_fan"), Kind = V1.DecisionKind.Defer }));
        _model.Add(Samples.At(0, new V1.AssistantReply { Text = BoundedString1024.From("[red]Later[/] \u001b[2J") }));

        var screen = Render();
        Assert.Contains("moving (above_standstill)", screen, StringComparison.Ordinal);
        Assert.Contains("drive", screen, StringComparison.Ordinal);
        Assert.Contains("defer set_fan", screen, StringComparison.Ordinal);
        Assert.Contains("[red]Later[/] \uFFFD[2J", screen, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', screen);
    }

    private static ToolBus.BusSample<V1.AgentHealth> Health(double seconds, string instance, string reasons) =>
        Samples.At(seconds, new V1.AgentHealth { InstanceId = BoundedString36.From(instance), State = V1.HealthState.Ok, DegradedReasons = BoundedString256.From(reasons) });

    private string Render()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 160;
        console.Write(WatchView.Render(_model, Samples.Start));
        return text.ToString();
    }
}
