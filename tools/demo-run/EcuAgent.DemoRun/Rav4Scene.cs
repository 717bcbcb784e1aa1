using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>Twelve seconds of the recorded RAV4: speed, gear from its raw CAN frames, and GNSS position.</summary>
internal static class Rav4Scene
{
    private const double SanFranciscoLatitudeDegrees = 37.5;

    private static readonly TimeSpan From = TimeSpan.FromSeconds(24);
    private static readonly TimeSpan To = TimeSpan.FromSeconds(37);

    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Timeline.Heading("RECORDED Toyota RAV4 (comma2k19), gear from raw CAN, GNSS position: 13 s at 1x");
        var since = stage.Bus.Read(o => o.States.Count);
        var gearsSince = stage.Bus.Read(o => o.Gears.Count);
        await using (var replay = stage.Replay("rav4", 1, From, To))
        {
            await stage.Speaker.SayAsync(
                [
                    new Request(
                        Trigger.Moving, "空调温度调到二十二度",
                        Expect.Commands(1),
                        Expect.Hvac(V1.HvacAction.SetTemperature, c => c.TemperatureCelsius == 22, s => s.TargetTemperatureCelsius[0] == 22)),
                    .. stage.OpenSet.Of(
                        new Request(
                            Trigger.Moving, "",
                            Expect.Commands(2),
                            Expect.Hvac(V1.HvacAction.SetFan, c => c.Level == 1, s => s.FanLevel == 1),
                            Expect.Hvac(V1.HvacAction.SetTemperature, c => c.TemperatureCelsius == 20, s => s.TargetTemperatureCelsius[0] == 20))
                        { OpenSetId = "macslu-983", Zone = CabinZone.Passenger }),
                    new Request(
                        Trigger.Moving, "Who won the football world cup in 1998?", Expect.NoCommand, Expect.Decision(V1.DecisionKind.Allow, "allowed_within_limits", "refuse")),
                    new Request(
                        Trigger.Moving, "Set the fan to level three, please",
                        Expect.Commands(1), Expect.Hvac(V1.HvacAction.SetFan, c => c.Level == 3, s => s.FanLevel == 3)),
                    .. stage.OpenSet.Of(
                        new Request(
                            Trigger.Moving, "",
                            Expect.Commands(1), Expect.Hvac(V1.HvacAction.AdjustFan, c => c.Level < 0, s => s.FanLevel == 2))
                        { OpenSetId = "watson-turn_down-0" }),
                ],
                cancellationToken);
            await stage.EndReplayAsync(replay, cancellationToken);
        }

        var states = stage.Bus.Read(o => o.States.Skip(since).Select(s => s.State).ToArray());
        stage.Promises.Note(
            states.Contains(V1.DrivingState.Moving) && !states.Contains(V1.DrivingState.Idling) && !states.Contains(V1.DrivingState.Parked),
            $"the RAV4 is Moving and never looser; seen {string.Join(", ", states)}");
        stage.Promises.Note(
            stage.Bus.Read(o => o.Gears.Count > gearsSince && o.Gears[^1] == V1.GearPosition.Drive), "the RAV4's gear D is on the bus");
        stage.Promises.Note(
            stage.Bus.Read(o => o.LatitudeDegrees is { } l && Math.Abs(l - SanFranciscoLatitudeDegrees) < 1), "the RAV4's GNSS position is on the bus");
        stage.Drives.Add("rav4 (recorded)");
    }
}
