using EcuAgent.Drives;
using EcuAgent.Signals;

namespace EcuAgent.ToolBus;

/// <summary>Plays a drive through a <see cref="SignalPublisher"/>, in order, at its own pace or faster.</summary>
/// <remarks>
/// Every event is sent, also when the replay is late; between events the publisher repeats the last values, and it goes on doing so
/// after the end. Only the drive runs faster: the cycles of the ECUs and the clocks of the receivers do not.
/// </remarks>
public sealed class DriveReplayer(SignalPublisher publisher, TimeProvider time)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    /// <summary>Plays a drive to its end.</summary>
    /// <param name="drive">The drive; <see cref="Drive.Cut"/> gives a piece.</param>
    /// <param name="speedFactor">1 as recorded, 10 ten times as fast. More than 0, at most 1000.</param>
    /// <param name="progress">Called on the replay's own thread each time that events were sent; must return at once.</param>
    /// <param name="cancellationToken">Ends the replay; the publisher keeps the last values.</param>
    /// <returns>The last progress.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ReplayProgress> PlayAsync(
        Drive drive, double speedFactor = 1, Action<ReplayProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(drive);
        if (!(speedFactor is > 0 and <= 1000))
        {
            throw new ArgumentOutOfRangeException(nameof(speedFactor), speedFactor, "The speed factor must be more than 0 and at most 1000.");
        }

        var start = time.GetTimestamp();
        var state = new ReplayProgress(TimeSpan.Zero, drive.Duration, 0, drive.Events.Count, null, null, null, TimeSpan.Zero);
        while (state.EventsPlayed < drive.Events.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var elapsed = time.GetElapsedTime(start);
            var due = drive.Events[state.EventsPlayed].At / speedFactor;
            if (due > elapsed)
            {
                var wait = due - elapsed;
                await Task.Delay(wait > ShortestWait ? wait : ShortestWait, time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            state = state with { LargestLag = elapsed - due > state.LargestLag ? elapsed - due : state.LargestLag };
            while (state.EventsPlayed < drive.Events.Count && drive.Events[state.EventsPlayed].At / speedFactor <= elapsed)
            {
                state = Send(drive.Events[state.EventsPlayed], state);
            }

            progress?.Invoke(state);
        }

        return state;
    }

    private ReplayProgress Send(DriveEvent value, in ReplayProgress state)
    {
        publisher.Apply(value);
        var next = state with { Position = value.At, EventsPlayed = state.EventsPlayed + 1 };
        return value switch
        {
            SpeedEvent e => next with { SpeedMetersPerSecond = e.SpeedMetersPerSecond },
            GearEvent e => next with { Gear = e.Position },
            ParkingBrakeEvent e => next with { ParkingBrakeEngaged = e.Engaged },
            _ => next,
        };
    }
}
