namespace EcuAgent.Drives;

/// <summary>A drive as a time line of vehicle signals, recorded from a car or generated from a regulation.</summary>
/// <param name="Name">Short name for messages and time lines.</param>
/// <param name="Origin">Recorded or generated: a generated drive is always shown as such.</param>
/// <param name="HasParkPosition">False for a vehicle without a Park position, where the parking brake counts instead.</param>
/// <param name="Events">The signal changes, ordered by <see cref="DriveEvent.At"/>.</param>
public sealed record Drive(string Name, DriveOrigin Origin, bool HasParkPosition, IReadOnlyList<DriveEvent> Events)
{
    /// <summary>From the first instant to the last event.</summary>
    public TimeSpan Duration => Events.Count == 0 ? TimeSpan.Zero : Events[^1].At;

    /// <summary>The part of the drive between two instants, moved so that it starts at zero.</summary>
    /// <remarks>
    /// The last value of every signal before <paramref name="from"/> is kept as the first event, so that a piece
    /// starts with the gear and the brake known, as a car that joins the bus in mid-drive would see it.
    /// </remarks>
    public Drive Cut(TimeSpan from, TimeSpan to)
    {
        if (to <= from)
        {
            throw new ArgumentOutOfRangeException(nameof(to), to, $"A piece of drive '{Name}' must end after its start {from}.");
        }

        var carried = Events.Where(e => e.At < from).GroupBy(e => e.GetType()).Select(g => g.Last() with { At = TimeSpan.Zero });
        var inside = Events.Where(e => e.At >= from && e.At <= to).Select(e => e with { At = e.At - from });
        return this with { Events = [.. carried, .. inside] };
    }
}
