namespace EcuAgent.Signals;

/// <summary>
/// All sources of one signal. A sample that fails a check takes the evidence of its source away; the last good value is
/// never kept in its place. Not thread-safe.
/// </summary>
internal sealed class SignalChannel<T>(SampleTally tally)
    where T : struct
{
    /// <summary>Most sources of one signal. A slot is given away only after its source was silent for the forget time.</summary>
    internal const int MaxSources = 4;

    private const uint HalfTheCounter = 0x8000_0000;

    private readonly SourceSlot<T>[] slots = new SourceSlot<T>[MaxSources];
    private int count;
    private TimeSpan? refusedUntil;
    private TimeSpan? maxAge;
    private TimeSpan forgetAfter;
    private bool requireE2e;

    public ReadOnlySpan<SourceSlot<T>> Slots => slots.AsSpan(0, count);

    /// <summary>Sets the limits. A null age: the evidence does not age (liveliness rule). They hold for what was taken before, too.</summary>
    public void SetLimits(TimeSpan? maximumAge, TimeSpan sourceForgetAfter, bool requireProtection)
    {
        requireE2e = requireProtection;
        maxAge = maximumAge;
        forgetAfter = sourceForgetAfter;
    }

    public SignalQuality QualityOf(in SourceSlot<T> slot, TimeSpan now) => slot.Content switch
    {
        SignalQuality.Valid when requireE2e && !slot.IsProtected => SignalQuality.E2eMissing,
        SignalQuality.Valid when maxAge is { } age && now - slot.EvidenceAt > age => SignalQuality.Stale,
        _ => slot.Content,
    };

    /// <summary>True while an extra source, for which there was no slot, counts as still sending.</summary>
    public bool IsOverfull(TimeSpan now) => refusedUntil is { } until && now < until;

    /// <summary>True when a source without evidence has been silent so long that the others no longer wait for it.</summary>
    public bool IsForgotten(in SourceSlot<T> slot, TimeSpan now) =>
        QualityOf(slot, now) != SignalQuality.Valid && now - slot.HeardAt >= forgetAfter;

    /// <summary>True when no source that still counts is without evidence.</summary>
    public bool AllSourcesFresh(TimeSpan now)
    {
        foreach (ref readonly var slot in Slots)
        {
            if (QualityOf(slot, now) != SignalQuality.Valid && !IsForgotten(slot, now))
            {
                return false;
            }
        }

        return !IsOverfull(now);
    }

    /// <summary>The next instant after <paramref name="now"/> at which time alone changes something.</summary>
    public TimeSpan NextChange(TimeSpan now)
    {
        var next = IsOverfull(now) ? refusedUntil!.Value : TimeSpan.MaxValue;
        foreach (ref readonly var slot in Slots)
        {
            if (QualityOf(slot, now) == SignalQuality.Valid)
            {
                if (maxAge is { } age)
                {
                    next = Earlier(next, slot.EvidenceAt + age + TimeSpan.FromTicks(1));
                }
            }
            else if (!IsForgotten(slot, now))
            {
                next = Earlier(next, slot.HeardAt + forgetAfter);
            }
        }

        return next;
    }

    /// <summary>Judges one sample. <paramref name="content"/> is the verdict on its values alone.</summary>
    public SampleVerdict Accept(in SampleEnvelope envelope, in T value, SignalQuality content, in SampleArrival arrival)
    {
        var index = SlotFor(envelope.Source, arrival);
        if (index < 0)
        {
            refusedUntil = arrival.Now + forgetAfter;
            return tally.Count(SampleVerdict.SourceTableFull);
        }

        ref var slot = ref slots[index];
        if (envelope.E2e is not (E2eStatus.NotUsed or E2eStatus.Ok))
        {
            // Neither value nor order of a damaged sample can be trusted.
            return Discredit(ref slot, arrival, SignalQuality.E2eFailed, SampleVerdict.E2eFailed);
        }

        if (requireE2e && envelope.E2e != E2eStatus.Ok)
        {
            return Discredit(ref slot, arrival, SignalQuality.E2eMissing, SampleVerdict.E2eMissing);
        }

        // Times before 1970 cannot be told apart from garbage; they are simply very old.
        var sourceTime = Math.Max(envelope.SourceTimeUnixNanoseconds, 0);
        var latestSourceTime = arrival.UtcAtArrivalNanoseconds + (arrival.FutureTolerance.Ticks * Units.NanosecondsPerTick);
        if (sourceTime > latestSourceTime)
        {
            return Discredit(ref slot, arrival, SignalQuality.FutureTime, SampleVerdict.FutureSourceTime);
        }

        if (slot.HasOrder && slot.LastSourceTime > latestSourceTime)
        {
            // Our own UTC was set back: what was remembered can no longer be compared.
            slot.HasOrder = false;
            tally.ClockSteps++;
        }

        if (slot.HasOrder)
        {
            if (sourceTime <= slot.LastSourceTime)
            {
                return tally.Count(sourceTime == slot.LastSourceTime && envelope.Sequence == slot.LastSequence
                    ? SampleVerdict.Repeated
                    : SampleVerdict.OutOfOrder);
            }

            if (envelope.Sequence == slot.LastSequence && envelope.Sequence > 1)
            {
                slot.LastSourceTime = sourceTime;
                return Discredit(ref slot, arrival, SignalQuality.SequenceStuck, SampleVerdict.SequenceStuck);
            }

            CountSequence(slot.LastSequence, envelope.Sequence);
        }

        slot.HasOrder = true;
        slot.LastSourceTime = sourceTime;
        slot.LastSequence = envelope.Sequence;
        slot.ArrivedAt = arrival.ArrivedAt;
        slot.HeardAt = arrival.Now;
        slot.ValueSourceTime = sourceTime;
        slot.IsProtected = envelope.E2e == E2eStatus.Ok;
        var age = TimeSpan.FromTicks(Math.Max(0, (arrival.UtcAtArrivalNanoseconds - sourceTime) / Units.NanosecondsPerTick));
        slot.EvidenceAt = arrival.ArrivedAt - age;
        slot.Content = envelope.Validity == SampleValidity.Valid ? content : SignalQuality.Invalid;
        slot.Value = slot.Content == SignalQuality.Valid ? value : default;
        return tally.Count(slot.Content switch
        {
            SignalQuality.Valid => maxAge is { } limit && age > limit ? SampleVerdict.TooOld : SampleVerdict.Accepted,
            SignalQuality.NotFinite => SampleVerdict.NotFinite,
            SignalQuality.OutOfRange => SampleVerdict.OutOfRange,
            _ => SampleVerdict.NotValid,
        });
    }

    /// <summary>Takes the evidence of a lost source away until its next sample.</summary>
    public void Lose(SourceId source, TimeSpan now)
    {
        for (var i = 0; i < count; i++)
        {
            if (slots[i].Source == source)
            {
                slots[i].Content = SignalQuality.SourceLost;
                slots[i].Value = default;
                slots[i].HeardAt = now;
            }
        }
    }

    /// <summary>The freshest valid value; without one, the fault of the source that was heard last.</summary>
    public Signal<T> Freshest(TimeSpan now)
    {
        var best = -1;
        for (var i = 0; i < count; i++)
        {
            if (best < 0 || IsBetter(slots[i], slots[best], now))
            {
                best = i;
            }
        }

        return best < 0
            ? new Signal<T> { Quality = IsOverfull(now) ? SignalQuality.SourceTableFull : SignalQuality.NeverReceived }
            : Describe(slots[best], now);
    }

    public Signal<T> Describe(in SourceSlot<T> slot, TimeSpan now)
    {
        var quality = QualityOf(slot, now);
        return new Signal<T>
        {
            Quality = quality,
            Value = quality == SignalQuality.Valid ? slot.Value : default,
            SourceAge = slot.ValueSourceTime == 0 ? TimeSpan.Zero : now - slot.EvidenceAt,
            SinceArrival = now - slot.ArrivedAt,
            Source = slot.Source,
            SourceTimeUnixNanoseconds = slot.ValueSourceTime,
        };
    }

    private static TimeSpan Earlier(TimeSpan first, TimeSpan second) => first < second ? first : second;

    private bool IsBetter(in SourceSlot<T> candidate, in SourceSlot<T> than, TimeSpan now)
    {
        var isValid = QualityOf(candidate, now) == SignalQuality.Valid;
        var otherIsValid = QualityOf(than, now) == SignalQuality.Valid;
        return isValid != otherIsValid
            ? isValid
            : isValid ? candidate.EvidenceAt > than.EvidenceAt : candidate.HeardAt > than.HeardAt;
    }

    private int SlotFor(SourceId source, in SampleArrival arrival)
    {
        var free = -1;
        for (var i = 0; i < count; i++)
        {
            if (slots[i].Source == source)
            {
                return i;
            }

            if (free < 0 && IsForgotten(slots[i], arrival.Now))
            {
                free = i;
            }
        }

        if (count < MaxSources)
        {
            free = count++;
        }

        if (free >= 0)
        {
            slots[free] = new SourceSlot<T> { Source = source, HeardAt = arrival.Now, ArrivedAt = arrival.ArrivedAt };
        }

        return free;
    }

    private SampleVerdict Discredit(ref SourceSlot<T> slot, in SampleArrival arrival, SignalQuality fault, SampleVerdict verdict)
    {
        slot.Content = fault;
        slot.Value = default;
        slot.ArrivedAt = arrival.ArrivedAt;
        slot.HeardAt = arrival.Now;
        return tally.Count(verdict);
    }

    private void CountSequence(uint last, uint next)
    {
        var step = unchecked(next - last);
        if (step == 0 || step >= HalfTheCounter)
        {
            tally.SourceRestarts++;
        }
        else if (step > 1)
        {
            tally.SequenceGaps++;
            tally.LostSamples += step - 1;
        }
    }
}
