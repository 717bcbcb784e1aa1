namespace EcuAgent.Signals;

/// <summary>Up to <see cref="Capacity"/> seats, held by value so that a sample needs no allocation.</summary>
public readonly record struct SeatList
{
    /// <summary>Seats that fit, as in <c>ecu::v1::CabinCameraEvent</c>.</summary>
    public const int Capacity = 5;

    private readonly SeatOccupancy seat0, seat1, seat2, seat3, seat4;

    private SeatList(ReadOnlySpan<SeatOccupancy> seats)
    {
        Count = seats.Length;
        seat0 = seats.Length > 0 ? seats[0] : default;
        seat1 = seats.Length > 1 ? seats[1] : default;
        seat2 = seats.Length > 2 ? seats[2] : default;
        seat3 = seats.Length > 3 ? seats[3] : default;
        seat4 = seats.Length > 4 ? seats[4] : default;
    }

    /// <summary>Seats reported, 0 .. <see cref="Capacity"/>.</summary>
    public int Count { get; }

    /// <summary>The seat at <paramref name="index"/>, 0 .. <see cref="Count"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such seat was reported.</exception>
    public SeatOccupancy this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return index switch { 0 => seat0, 1 => seat1, 2 => seat2, 3 => seat3, _ => seat4 };
        }
    }

    /// <summary>A list of <paramref name="seats"/>.</summary>
    /// <exception cref="ArgumentException">More than <see cref="Capacity"/> seats.</exception>
    public static SeatList Of(ReadOnlySpan<SeatOccupancy> seats) => seats.Length <= Capacity
        ? new SeatList(seats)
        : throw new ArgumentException($"{seats.Length} seats, at most {Capacity} fit.", nameof(seats));

    /// <summary>Finds the first report on <paramref name="zone"/>.</summary>
    public bool TryGet(CabinZone zone, out SeatOccupancy seat)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Zone == zone)
            {
                seat = this[i];
                return true;
            }
        }

        seat = default;
        return false;
    }
}
