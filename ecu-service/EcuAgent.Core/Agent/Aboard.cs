using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>How many people are in the car. Pure.</summary>
internal static class Aboard
{
    /// <summary>
    /// The people on the seats, 1 or more; null when that is not known. It is known only where the camera is as sure as the gate wants it of every seat
    /// that the gate knows, and sees nobody elsewhere: a number that leaves somebody out would be worse than none.
    /// </summary>
    public static int? Count(VehicleSnapshot snapshot)
    {
        var situation = SituationReader.Read(snapshot);
        SeatOccupant[] seats = [situation.DriverSeat, situation.PassengerSeat, situation.RearLeftSeat, situation.RearRightSeat];
        if (seats.Contains(SeatOccupant.Unknown) || !snapshot.CabinCamera.TryGet(out var camera))
        {
            return null;
        }

        var people = seats.Count(seat => seat is SeatOccupant.Adult or SeatOccupant.Child);
        var reported = 0;
        for (var i = 0; i < camera.Seats.Count; i++)
        {
            reported += camera.Seats[i].Occupied ? 1 : 0;
        }

        return people > 0 && people == reported ? people : null;
    }
}
