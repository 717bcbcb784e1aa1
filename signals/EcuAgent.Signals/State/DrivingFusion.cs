namespace EcuAgent.Signals;

/// <summary>Makes one piece of evidence out of several sources: what moves counts over what parks.</summary>
internal static class DrivingFusion
{
    internal static DrivingEvidence Fuse(
        SignalChannel<double> speed, SignalChannel<GearPosition> gear, SignalChannel<bool> brake, TimeSpan now)
    {
        var speedSignal = HighestSpeed(speed, now);
        var gearSignal = Agreed(gear, now, GearPosition.Park, out var gearsDisagree);
        var brakeSignal = Agreed(brake, now, true, out var brakesDisagree);
        return new DrivingEvidence
        {
            SpeedQuality = speedSignal.Quality,
            AbsoluteSpeedMetersPerSecond = Math.Abs(speedSignal.Value),
            SpeedSourcesFresh = speed.AllSourcesFresh(now),
            GearQuality = gearSignal.Quality,
            Gear = gearSignal.Value,
            GearSourcesDisagree = gearsDisagree,
            GearSourcesFresh = gear.AllSourcesFresh(now),
            ParkingBrakeQuality = brakeSignal.Quality,
            ParkingBrakeEngaged = brakeSignal.Value,
            ParkingBrakeSourcesDisagree = brakesDisagree,
            ParkingBrakeSourcesFresh = brake.AllSourcesFresh(now),
        };
    }

    /// <summary>The valid speed with the highest amount.</summary>
    internal static Signal<double> HighestSpeed(SignalChannel<double> channel, TimeSpan now)
    {
        var best = channel.Freshest(now);
        if (channel.IsOverfull(now))
        {
            return best with { Quality = SignalQuality.SourceTableFull, Value = default };
        }

        foreach (ref readonly var slot in channel.Slots)
        {
            if (channel.QualityOf(slot, now) == SignalQuality.Valid && Math.Abs(slot.Value) > Math.Abs(best.Value))
            {
                best = channel.Describe(slot, now);
            }
        }

        return best;
    }

    /// <summary>The value that all valid sources agree on; where they do not, one that is not <paramref name="parking"/>.</summary>
    internal static Signal<T> Agreed<T>(SignalChannel<T> channel, TimeSpan now, T parking, out bool disagree)
        where T : struct
    {
        disagree = false;
        var best = channel.Freshest(now);
        if (channel.IsOverfull(now))
        {
            return best with { Quality = SignalQuality.SourceTableFull, Value = default };
        }

        var compare = EqualityComparer<T>.Default;
        foreach (ref readonly var slot in channel.Slots)
        {
            if (channel.QualityOf(slot, now) == SignalQuality.Valid && !compare.Equals(slot.Value, best.Value))
            {
                disagree = true;
                best = compare.Equals(best.Value, parking) ? channel.Describe(slot, now) : best;
            }
        }

        return best;
    }
}
