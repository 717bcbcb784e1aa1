using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Signals;

namespace EcuAgent.Core.Tests.Gate;

/// <summary>A purchase, a car and a driver with nothing to object to, so that a test can spoil one thing.</summary>
internal static class GateFixtures
{
    internal static readonly GatePolicy Strict = PolicyLoader.LoadBundled("strict");
    internal static readonly GatePolicy VoiceConfirm = PolicyLoader.LoadBundled("voice-confirm");

    internal static readonly DrivingState[] States =
        [DrivingState.Parked, DrivingState.Idling, DrivingState.Moving, DrivingState.Unknown];

    internal static GatePolicy Policy(string profile) => profile == "strict" ? Strict : VoiceConfirm;

    internal static GateRequest Request(ActionClass actionClass, InputChannel channel = InputChannel.Voice) => new()
    {
        ActionClass = actionClass,
        ToolName = "order_food",
        UtteranceId = "u-1",
        Channel = channel,
        Zone = SpeakerZone.Driver,
        AsrConfidence = 0.95,
        TermsKey = "{\"item\": \"noodles\"}",
        Amount = new Money(1200, "EUR"),
        Merchant = "m-1",
        MerchantUsedBefore = true,
        SpentThisTrip = new Money(0, "EUR"),
    };

    internal static GateSituation Situation(DrivingState state) => new()
    {
        State = state,
        Driver = new DriverCondition(3, 0.9, false),
        DriverSeat = SeatOccupant.Adult,
        PassengerSeat = SeatOccupant.Adult,
        RearLeftSeat = SeatOccupant.Child,
        RearRightSeat = SeatOccupant.Empty,
    };
}
