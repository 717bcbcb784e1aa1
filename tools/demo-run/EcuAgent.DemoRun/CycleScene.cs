using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>
/// The generated cycle: P, R, D, one urban NEDC, P. Most requests are made here, among them a purchase that waits while the car moves
/// and is taken up by the service itself when it is parked.
/// </summary>
internal static class CycleScene
{
    private const double SpeedFactor = 3;
    private const double LowConfidence = 0.3;

    private static readonly TimeSpan ParkedBefore = TimeSpan.FromSeconds(9) * SpeedFactor;
    private static readonly TimeSpan HoldAtEnd = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan DriveEndsWithin = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan OfferWithin = TimeSpan.FromSeconds(20);

    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Timeline.Heading("GENERATED drive: P, R, D, one urban cycle of the NEDC (UN R83) along a generated road, P; at 3x");
        var since = stage.Bus.Read(o => o.States.Count);
        var gearsSince = stage.Bus.Read(o => o.Gears.Count);
        var file = Path.Combine(stage.WorkFolder, "nedc-urban.csv");
        CycleDrive.Write(CycleDrive.Make(ParkedBefore), file);

        // Ended by the scene, not by its end: the talk in P takes as long as it takes.
        await using (stage.Replay(file, SpeedFactor, hold: HoldAtEnd))
        {
            await stage.Speaker.SayAsync(WhileParked(), cancellationToken);
            await stage.Speaker.SayAsync(OnTheWay(), cancellationToken);
            await ArriveAsync(stage, cancellationToken);
            await TakeUpAsync(stage, cancellationToken);
            await ConversationScene.PlayAsync(stage, cancellationToken);
            await stage.Speaker.SayAsync(
                new Request(
                    Trigger.Parked, "Cancel the navigation", Expect.Commands(1), Expect.Navigation(V1.NavigationAction.Cancel, s => !s.RouteActive)),
                cancellationToken);
        }

        stage.PromiseStates(
            since, "the cycle", V1.DrivingState.Parked, V1.DrivingState.Moving, V1.DrivingState.Idling, V1.DrivingState.Moving, V1.DrivingState.Parked);
        var gears = stage.Bus.Read(o => string.Join(", ", o.Gears.Skip(gearsSince)));
        stage.Promises.Note(gears == "Park, Reverse, Drive, Park", $"the gears of the cycle are on the bus: Park, Reverse, Drive, Park; seen {gears}");
        stage.Drives.Add("nedc urban cycle (generated)");
    }

    private static Request[] WhileParked() =>
    [
        new(
            Trigger.Parked, "Take me to the Ocean Aquarium",
            Expect.Commands(1), Expect.Destination("Ocean Aquarium"), Expect.Decision(V1.DecisionKind.Allow, "allowed", "navigate_to")),
        new(
            Trigger.Parked, "Turn on my seat heating and defrost the windshield",
            Expect.Commands(2),
            Expect.Hvac(V1.HvacAction.SetSeatHeating, c => c.Level > 0, s => s.SeatHeatingLevel[0] > 0),
            Expect.Hvac(V1.HvacAction.SetFrontDefrost, c => c.On, s => s.FrontDefrostOn)),
    ];

    private static Request[] OnTheWay() =>
    [
        new(
            Trigger.Faster(10), "It's freezing, turn up the heat, and take me home",
            Expect.Commands(2), Expect.TemperatureBy(d => d > 0), Expect.Destination("Home"), Expect.HvacBeforeNavigation),
        new(
            Trigger.Idling, "mumble warmer maybe colder",
            Expect.Question, Expect.Decision(V1.DecisionKind.Ask, "utterance_unclear"))
        { Confidence = LowConfidence },
        new(
            Trigger.Faster(25), "Order two margherita pizzas from Trattoria Bellavista",
            Expect.NoCommand,
            Expect.Decision(V1.DecisionKind.Defer, "deferred_while_moving", "order_food"),
            Expect.Order(V1.OrderState.Deferred, "deferred_while_moving")),
        new(
            Trigger.Moving, "Navigate to Golden Dragon",
            Expect.Question, Expect.Decision(V1.DecisionKind.Ask, "place_ambiguous"), Expect.ReplySays("Golden Dragon, Mill Road")),
        new(
            Trigger.Anytime, "The first one", Expect.Commands(1), Expect.Destination("Golden Dragon")),
        new(
            Trigger.Idling, "How long until we arrive?", Expect.NoCommand, Expect.Decision(V1.DecisionKind.Allow, "allowed", "get_route_info")),
        new(
            Trigger.Anytime, "Avoid toll roads",
            Expect.Commands(1), Expect.Navigation(V1.NavigationAction.SetAvoidance, s => s.Avoidance == V1.RouteAvoidance.Tolls)),
        new(
            Trigger.Faster(30), "Link a credit card to my account",
            Expect.NoCommand, Expect.Decision(V1.DecisionKind.Deny, "not_while_moving", "setup_account")),
        new(
            Trigger.Faster(30), "Is there a pharmacy nearby that is open?",
            Expect.NoCommand, Expect.Decision(V1.DecisionKind.Allow, "allowed_within_limits", "search_places"), Expect.ReplySays("Sun Pharmacy")),
        new(
            Trigger.Faster(40), "打开空调，然后导航去海洋水族馆",
            Expect.Commands(2),
            Expect.Hvac(V1.HvacAction.SetClimate, c => c.On, s => s.ClimateOn),
            Expect.Destination("Ocean Aquarium"),
            Expect.HvacBeforeNavigation),
        new(
            Trigger.Faster(30), "Write me a poem about the sea",
            Expect.NoCommand, Expect.Decision(V1.DecisionKind.Allow, "allowed_within_limits", "refuse")),
        new(
            Trigger.Anytime, "有点热，把空调调低一点", Expect.Commands(1), Expect.TemperatureBy(d => d < 0))
        { Zone = CabinZone.Passenger },
    ];

    private static async Task ArriveAsync(Stage stage, CancellationToken cancellationToken)
    {
        var arrived = await stage.Bus.WaitAsync(
            o => o.State == V1.DrivingState.Parked && o.Gears[^1] == V1.GearPosition.Park, DriveEndsWithin, cancellationToken);
        stage.Promises.Note(arrived, "the car is Parked at the end of the cycle");
    }

    private static async Task TakeUpAsync(Stage stage, CancellationToken cancellationToken)
    {
        var asked = await stage.Bus.WaitAsync(o => o.OwnReplies.Exists(r => !r.OpenQuestionId.IsEmpty), OfferWithin, cancellationToken);
        stage.Promises.Note(asked, "the service asks by itself about the deferred purchase once the car is parked");
        if (!asked)
        {
            return;
        }

        var (question, askedWhile) = stage.Bus.Read(o => (o.OwnReplies.Find(r => !r.OpenQuestionId.IsEmpty).OpenQuestionId.ToString(), o.State));
        stage.Promises.Note(askedWhile == V1.DrivingState.Parked, $"the deferred purchase is taken up while Parked; it was {askedWhile}");
        var orderId = stage.Bus.Read(o => o.Orders.Find(r => r.State == V1.OrderState.Deferred).OrderId.ToString());
        stage.Timeline.Print(EventKind.Says, "driver: yes   [answer to the open question]");
        stage.Bus.Answer(question, yes: true, CabinZone.Driver);
        var isReadBack = await stage.Bus.WaitAsync(o => ReadBack(o, question) is not null, OfferWithin, cancellationToken);
        stage.Promises.Note(isReadBack, "the purchase is quoted anew and read back");
        if (!isReadBack)
        {
            return;
        }

        var readBack = stage.Bus.Read(o => ReadBack(o, question)!.Value);
        stage.Promises.Note(
            readBack.Text.ToString().Contains("from Trattoria Bellavista for ", StringComparison.Ordinal), $"the read-back names merchant and amount: {readBack.Text}");
        stage.Promises.Note((await stage.ChargesAsync(cancellationToken)).Length == 0, "nothing is paid before the yes");
        stage.Timeline.Print(EventKind.Says, "driver: yes   [answer to the read-back]");
        stage.Bus.Answer(readBack.OpenQuestionId.ToString(), yes: true, CabinZone.Driver);
        await stage.Bus.WaitAsync(o => o.Orders.Exists(r => r.OrderId.ToString() == orderId && r.State == V1.OrderState.Placed), OfferWithin, cancellationToken);

        var (states, last) = stage.Bus.Read(o => (
            string.Join(", ", o.Orders.Where(r => r.OrderId.ToString() == orderId).Select(r => r.State)), o.Orders.FindLast(r => r.OrderId.ToString() == orderId)));
        stage.Promises.Note(
            states == "Deferred, AwaitingConfirmation, AwaitingConfirmation, Placed",
            $"the purchase goes Deferred, AwaitingConfirmation (shall I go on), AwaitingConfirmation (the read-back), Placed; seen {states}");
        var charges = await stage.ChargesAsync(cancellationToken);
        stage.Promises.Note(
            charges.Length == 1 && charges[0] == last.AmountMinorUnits,
            $"the merchant's books have one charge of what was agreed, {last.AmountMinorUnits} {last.Currency}; seen {string.Join(", ", charges)}");
        var isGuided = await stage.Bus.WaitAsync(
            o => o.Exchanges.Any(e => e.Navigation.Exists(n => n.Command.DestinationName.ToString() == "Trattoria Bellavista")), OfferWithin, cancellationToken);
        stage.Promises.Note(isGuided, "the restaurant is put on the route after the receipt");
        stage.Promises.Note(
            stage.Bus.Read(o => o.Exchanges.Any(e => e.Decisions.Count(d => d.Tool.ToString() == "order_food" && d.Kind == V1.DecisionKind.Confirm) > 1
                && e.Decisions.Exists(d => d.Tool.ToString() == "order_food" && d.Kind == V1.DecisionKind.Allow))),
            "the gate is asked when the purchase is taken up, when it is read back, and once more at the commit");
    }

    private static V1.AssistantReply? ReadBack(Observation seen, string earlierQuestion)
    {
        foreach (var reply in seen.Exchanges.SelectMany(e => e.Replies).Concat(seen.OwnReplies))
        {
            if (!reply.OpenQuestionId.IsEmpty && reply.OpenQuestionId.ToString() != earlierQuestion && reply.Text.ToString().Contains("Trattoria Bellavista", StringComparison.Ordinal))
            {
                return reply;
            }
        }

        return null;
    }
}
