using EcuAgent.Signals;

namespace EcuAgent.Core.Gate;

/// <summary>
/// Reads the gate's situation out of a snapshot. Only fresh, valid evidence counts; a camera that is not sure of what it
/// sees proves nothing in favour, but a child or a phone it believes to see still counts against.
/// </summary>
public static class SituationReader
{
    /// <summary>Least confidence of the cabin camera at which its evidence counts in favour.</summary>
    public const double MinimumCameraConfidence = 0.6;

    /// <summary>The situation at the time of <paramref name="snapshot"/>.</summary>
    public static GateSituation Read(VehicleSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        GateSituation situation = new()
        {
            State = snapshot.Driving.State,
            TransitionCount = snapshot.Driving.TransitionCount,
        };
        return snapshot.CabinCamera.TryGet(out CabinCameraSample camera) ? With(situation, camera) : situation;
    }

    private static GateSituation With(in GateSituation situation, in CabinCameraSample camera)
    {
        bool sure = camera.Confidence >= MinimumCameraConfidence;
        return situation with
        {
            Driver = new DriverCondition(
                sure && camera.DrowsinessKss is >= 1 and <= 9 ? camera.DrowsinessKss : null,
                sure && camera.AttentionProbability is >= 0 and <= 1 ? camera.AttentionProbability : null,
                camera.PhoneInUse ? true : sure ? false : null),
            DriverSeat = Occupant(camera, CabinZone.Driver, sure),
            PassengerSeat = Occupant(camera, CabinZone.Passenger, sure),
            RearLeftSeat = Occupant(camera, CabinZone.RearLeft, sure),
            RearRightSeat = Occupant(camera, CabinZone.RearRight, sure),
        };
    }

    private static SeatOccupant Occupant(in CabinCameraSample camera, CabinZone zone, bool sure)
    {
        if (!camera.Seats.TryGet(zone, out SeatOccupancy seat))
        {
            return SeatOccupant.Unknown;
        }

        return seat switch
        {
            { Occupied: true, Child: true } => SeatOccupant.Child,
            _ when !sure => SeatOccupant.Unknown,
            { Occupied: true } => SeatOccupant.Adult,
            { Child: true } => SeatOccupant.Unknown,
            _ => SeatOccupant.Empty,
        };
    }
}
