using EcuAgent.Signals;

namespace EcuAgent.Core.Gate;

/// <summary>
/// The part of the car's picture that the gate reads. The default value is the strictest one: state unknown,
/// nobody seen, driver unknown. An adapter of the picture fills only what fresh, valid evidence supports.
/// </summary>
public readonly record struct GateSituation
{
    /// <summary>The driving state; undefined values count as <see cref="DrivingState.Unknown"/>.</summary>
    public DrivingState State { get; init; }

    /// <summary>
    /// How many times the driving state changed since the start. Lets the confirmation desk notice a state that came and
    /// went between two looks. 0 and unchanging where it is not known.
    /// </summary>
    public long TransitionCount { get; init; }

    /// <summary>The driver, as the cabin camera sees them.</summary>
    public DriverCondition Driver { get; init; }

    /// <summary>Who sits on the driver's seat.</summary>
    public SeatOccupant DriverSeat { get; init; }

    /// <summary>Who sits on the front passenger's seat.</summary>
    public SeatOccupant PassengerSeat { get; init; }

    /// <summary>Who sits second row left.</summary>
    public SeatOccupant RearLeftSeat { get; init; }

    /// <summary>Who sits second row right.</summary>
    public SeatOccupant RearRightSeat { get; init; }

    /// <summary>A situation of which only the driving state is known.</summary>
    public static GateSituation Of(DrivingState state) => new() { State = state };

    /// <summary>Who sits in <paramref name="zone"/>; <see cref="SeatOccupant.Unknown"/> for an unknown zone.</summary>
    public SeatOccupant OccupantOf(SpeakerZone zone) => zone switch
    {
        SpeakerZone.Driver => DriverSeat,
        SpeakerZone.Passenger => PassengerSeat,
        SpeakerZone.RearLeft => RearLeftSeat,
        SpeakerZone.RearRight => RearRightSeat,
        _ => SeatOccupant.Unknown,
    };
}
