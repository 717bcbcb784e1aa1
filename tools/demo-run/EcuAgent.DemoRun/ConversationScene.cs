using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>
/// What was said just before counts: corrections of the same speaker, also with somebody else's question in between, a pick from what was
/// offered, and a look out of the window. Played where the cycle ends, with a car wash to the left of the car.
/// </summary>
internal static class ConversationScene
{
    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Timeline.Print(EventKind.Demo, "a conversation in the parked car: each of the next requests is understood from the one before");
        await stage.Speaker.SayAsync(Corrections(), cancellationToken);
        await stage.Speaker.SayAsync(Choice(), cancellationToken);
    }

    private static Request[] Corrections() =>
    [
        new(
            Trigger.Parked, "Set the temperature to 21 degrees",
            Expect.Commands(1), Expect.Hvac(V1.HvacAction.SetTemperature, c => c.TemperatureCelsius == 21, s => s.TargetTemperatureCelsius[0] == 21)),
        new(
            Trigger.Anytime, "What is that building on the left?",
            Expect.NoCommand, Expect.Decision(V1.DecisionKind.Allow, "allowed", "identify_place"), Expect.ReplySays("City Car Wash"))
        { Zone = CabinZone.Passenger },
        new(
            Trigger.Anytime, "Make it 23",
            Expect.Commands(1), Expect.Hvac(V1.HvacAction.SetTemperature, c => c.TemperatureCelsius == 23, s => s.TargetTemperatureCelsius[0] == 23)),
        new(
            Trigger.Anytime, "Turn on the driver's seat heating",
            Expect.Commands(1), Expect.Hvac(V1.HvacAction.SetSeatHeating, c => c.Zone == V1.CabinZone.Driver && c.Level > 0, s => s.SeatHeatingLevel[0] > 0)),
        new(
            Trigger.Anytime, "No, the passenger's",
            Expect.Commands(1), Expect.Hvac(V1.HvacAction.SetSeatHeating, c => c.Zone == V1.CabinZone.Passenger && c.Level > 0, s => s.SeatHeatingLevel[1] > 0)),
    ];

    private static Request[] Choice() =>
    [
        new(
            Trigger.Parked, "Find a cafe nearby",
            Expect.NoCommand, Expect.Decision(V1.DecisionKind.Allow, "allowed", "search_places"), Expect.ReplySays("Cafe Amalia")),
        new(
            Trigger.Anytime, "The closest one please",
            Expect.Commands(1), Expect.Destination("Cafe Amalia"), Expect.Decision(V1.DecisionKind.Allow, "allowed", "choose_option")),
    ];
}
