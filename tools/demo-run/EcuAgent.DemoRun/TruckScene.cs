using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>The recorded truck, a car without a Park position: start, stop-and-go, and the bounce of its parking brake at the end.</summary>
internal static class TruckScene
{
    private const string Drive = "truck";
    private const double NanosecondsPerSecond = 1e9;

    private static readonly TimeSpan FirstMove = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BeforeLastStop = TimeSpan.FromSeconds(832);
    private static readonly TimeSpan AfterLastStop = TimeSpan.FromSeconds(856);
    private static readonly TimeSpan BeforeBounce = TimeSpan.FromSeconds(880);
    private static readonly TimeSpan HoldAtEnd = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan ParkedWithin = TimeSpan.FromSeconds(20);

    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Timeline.Heading("RECORDED truck (fleet-management blueprint), no gear on the bus, no Park position: the parking brake counts");
        await stage.StartServiceAsync(hasParkPosition: false, cancellationToken);

        stage.Timeline.Print(EventKind.Demo, "0 to 60 s at 6x: stands with the brake on, releases it, drives off");
        var since = StatesSoFar(stage);
        await using (var replay = stage.Replay(Drive, 6, to: FirstMove))
        {
            await stage.Speaker.SayAsync(
                new Request(Trigger.Parked, "What's the temperature outside?", Expect.NoCommand, Expect.Decision(V1.DecisionKind.Allow, "allowed"), Expect.ReplySays("9")),
                cancellationToken);
            await stage.EndReplayAsync(replay, cancellationToken);
        }

        stage.PromiseStates(
            since, "the truck's start", V1.DrivingState.Parked, V1.DrivingState.Idling, V1.DrivingState.Moving);

        stage.Timeline.Print(EventKind.Demo, "60 to 832 s at 50x: traffic; no stop is long enough at this pace to count as Idling");
        since = StatesSoFar(stage);
        await using (var replay = stage.Replay(Drive, 50, FirstMove, BeforeLastStop))
        {
            await stage.Speaker.SayAsync(
                [
                    new Request(
                        Trigger.Moving, "It's freezing in here, turn up the heat",
                        Expect.Commands(1), Expect.TemperatureBy(d => d > 0)),
                    new Request(
                        Trigger.Moving, "把副驾的座椅加热打开",
                        Expect.Commands(1),
                        Expect.Hvac(V1.HvacAction.SetSeatHeating, c => c.Zone == V1.CabinZone.Passenger && c.Level > 0, s => s.SeatHeatingLevel[1] > 0))
                    { Zone = CabinZone.Passenger },
                    .. stage.OpenSet.Of(
                        new Request(
                            Trigger.Moving, "",
                            Expect.Commands(1), Expect.Hvac(V1.HvacAction.SetHeater, c => c.On, s => s.HeaterOn))
                        { OpenSetId = "watson-turn_on-166" }),
                ],
                cancellationToken);
            await stage.EndReplayAsync(replay, cancellationToken);
        }

        stage.PromiseStates(since, "the truck in traffic", V1.DrivingState.Moving);
        stage.Promises.Note(
            !stage.Bus.Read(o => o.States.Skip(since).Any(s => s.State == V1.DrivingState.Parked)), "the truck in traffic is never Parked");

        stage.Timeline.Print(EventKind.Demo, "832 to 856 s at 2x: stop-and-go");
        since = StatesSoFar(stage);
        await using (var replay = stage.Replay(Drive, 2, BeforeLastStop, AfterLastStop))
        {
            await stage.Speaker.SayAsync(
                [
                    .. stage.OpenSet.Of(
                        new Request(
                            Trigger.Moving, "",
                            Expect.Commands(1), Expect.Hvac(V1.HvacAction.SetTemperature, c => c.TemperatureCelsius == 30, s => s.TargetTemperatureCelsius[0] == 28), Expect.LimitedTo(28))
                        { OpenSetId = "ha-en-climate_HassClimateSetTemperature-0-0" }),
                    new Request(
                        Trigger.Moving, "Turn on the rear window defroster",
                        Expect.Commands(1), Expect.Hvac(V1.HvacAction.SetRearDefrost, c => c.On, s => s.RearDefrostOn)),
                ],
                cancellationToken);
            await stage.EndReplayAsync(replay, cancellationToken);
        }

        stage.PromiseStates(since, "the truck's stop-and-go", V1.DrivingState.Moving, V1.DrivingState.Idling, V1.DrivingState.Moving);

        await BounceAsync(stage, cancellationToken);
        stage.Drives.Add("truck (recorded)");
    }

    private static async Task BounceAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Timeline.Print(EventKind.Demo, "880 s to the end at 1x: stops, and the contact of the parking brake bounces; the last values are held for 7 s");
        var since = StatesSoFar(stage);
        var brakesSince = stage.Bus.Read(o => o.BrakeChanges.Count);
        await using var replay = stage.Replay(Drive, 1, BeforeBounce, hold: HoldAtEnd);
        await stage.Bus.WaitAsync(o => o.States.Skip(since).Any(s => s.State == V1.DrivingState.Parked), ParkedWithin, cancellationToken);
        await stage.Speaker.SayAsync(
            new Request(
                Trigger.Parked, "Book a table for four at Sushi Kaede",
                Expect.NoCommand,
                Expect.Decision(V1.DecisionKind.Confirm, "confirmation_needed"),
                Expect.Decision(V1.DecisionKind.Deny, "merchant_not_configured"),
                Expect.Order(V1.OrderState.Failed, "merchant_not_configured")),
            cancellationToken);
        await stage.EndReplayAsync(replay, cancellationToken);

        var (brakes, parked) = stage.Bus.Read(o => (
            o.BrakeChanges.Skip(brakesSince).ToArray(),
            o.States.Skip(since).Where(s => s.State == V1.DrivingState.Parked).ToArray()));
        var pattern = string.Join(", ", brakes.Select(b => b.Engaged ? "on" : "off"));
        stage.Promises.Note(pattern.EndsWith("on, off, on", StringComparison.Ordinal), $"the bounce is on the bus: on, off, on; seen {pattern}");
        if (brakes.Length < 3)
        {
            return;
        }

        // The parked dwell is 1 s; both clocks are the machine's own.
        var after = parked.Length > 0 ? (parked[0].SourceTimeNs - brakes[^1].SourceTimeNs) / NanosecondsPerSecond : double.NaN;
        stage.Promises.Note(
            parked.Length == 1 && after is > 0.99 and < 3,
            FormattableString.Invariant($"Parked comes once, 1 to 3 s after the last contact; seen {parked.Length} times, first {after:0.000} s after it"));
        stage.Timeline.Print(EventKind.Demo, FormattableString.Invariant($"Parked came {after:0.000} s after the last contact, not during the bounce"));
    }

    private static int StatesSoFar(Stage stage) => stage.Bus.Read(o => o.States.Count);
}
