namespace EcuAgent.SomeIp.Discovery;

/// <summary>
/// The three phases of an offer or a find as a function of time. In the main phase offers go on cyclically, finds end
/// (<paramref name="cycle"/> zero).
/// </summary>
internal sealed class PhaseMachine(SdTimings timings, TimeSpan cycle)
{
    private int _repetitions;

    internal SdPhase Phase { get; private set; }

    /// <summary>When <see cref="Advance"/> has something to do; the maximum when never.</summary>
    internal TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

    internal TimeSpan LastSent { get; private set; } = TimeSpan.MinValue;

    internal void Start(TimeSpan firstDue) => (Phase, Due, _repetitions, LastSent) = (SdPhase.InitialWait, firstDue, 0, TimeSpan.MinValue);

    internal void Stop() => (Phase, Due) = (SdPhase.Down, TimeSpan.MaxValue);

    /// <summary>To the main phase without sending: what was looked for has been found.</summary>
    internal void Settle() => (Phase, Due) = (SdPhase.Main, TimeSpan.MaxValue);

    /// <summary>True when the entry is to be sent now.</summary>
    internal bool Advance(TimeSpan now)
    {
        if (now < Due)
        {
            return false;
        }

        if (Phase == SdPhase.Repetition)
        {
            _repetitions++;
        }

        if (Phase != SdPhase.Main)
        {
            Phase = _repetitions < timings.RepetitionsMax ? SdPhase.Repetition : SdPhase.Main;
        }

        Sent(now);
        return true;
    }

    /// <summary>The entry was sent at another occasion (an answer by multicast); the cycle begins anew.</summary>
    internal void Sent(TimeSpan now)
    {
        LastSent = now;
        Due = Phase switch
        {
            SdPhase.Repetition => now + (timings.RepetitionsBaseDelay * (1 << _repetitions)),
            SdPhase.Main when cycle > TimeSpan.Zero => now + cycle,
            _ => TimeSpan.MaxValue,
        };
    }
}
