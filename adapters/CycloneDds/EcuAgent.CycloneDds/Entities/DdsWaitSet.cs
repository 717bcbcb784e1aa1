namespace EcuAgent.CycloneDds;

/// <summary>
/// Lets one thread wait for samples of several readers. Level-triggered: a reader is ready as long as it holds samples that
/// were not read or taken, so nothing is missed between two waits.
/// </summary>
/// <remarks>One thread waits; every other method may be called from any thread, also while it waits.</remarks>
public sealed unsafe class DdsWaitSet : DdsEntity
{
    /// <summary>The most readers that can be attached.</summary>
    public const int MaxReaders = 63;

    private const nint WakeToken = -1;

    private readonly Lock _attachedLock = new();
    private readonly Dictionary<DdsReader, EntityHandle> _attached = [];
    private readonly DdsParticipant _participant;
    private readonly EntityHandle _guard;

    internal DdsWaitSet(DdsParticipant participant)
        : base("wait set of " + participant.Name, participant.Logger)
    {
        _participant = participant;
        var parent = participant.Handle;
        var guard = DdsException.ThrowIfError(Interop.dds_create_guardcondition(parent), nameof(Interop.dds_create_guardcondition), Name);
        _guard = new EntityHandle(guard, parent);
        var waitSet = Interop.dds_create_waitset(parent);
        if (waitSet < 0)
        {
            _guard.Dispose();
            DdsException.Throw(waitSet, nameof(Interop.dds_create_waitset), Name);
        }

        // The guard outlives the native wait set: a waiting thread that Dispose wakes must still find it triggered.
        Bind(new EntityHandle(waitSet, parent, released: _guard.Dispose));
        DdsException.ThrowIfError(Interop.dds_waitset_attach(Handle, _guard, WakeToken), nameof(Interop.dds_waitset_attach), Name);
    }

    /// <summary>Adds a reader.</summary>
    /// <param name="reader">A reader of the same participant.</param>
    /// <param name="token">What <see cref="Wait"/> reports for it, not negative.</param>
    /// <exception cref="InvalidOperationException">Already attached, or <see cref="MaxReaders"/> reached.</exception>
    public void Attach(DdsReader reader, int token)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        lock (_attachedLock)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            if (_attached.Count >= MaxReaders || _attached.ContainsKey(reader))
            {
                throw new InvalidOperationException($"{reader.Name} cannot be attached to {Name}: it is already, or {MaxReaders} readers are.");
            }

            const uint Mask = Interop.DDS_NOT_READ_SAMPLE_STATE | Interop.DDS_ANY_VIEW_STATE | Interop.DDS_ANY_INSTANCE_STATE;
            var entity = DdsException.ThrowIfError(
                Interop.dds_create_readcondition(reader.Handle, Mask), nameof(Interop.dds_create_readcondition), reader.Name);
            var condition = new EntityHandle(entity, reader.Handle);
            var result = Interop.dds_waitset_attach(Handle, condition, token);
            if (result < 0)
            {
                condition.Dispose();
                DdsException.Throw(result, nameof(Interop.dds_waitset_attach), reader.Name);
            }

            _attached.Add(reader, condition);
        }

        reader.AddWaitSet(this);
        if (reader.IsDisposed)
        {
            Detach(reader);
        }
    }

    /// <summary>Removes a reader; nothing happens when it is not attached. A disposed reader removes itself.</summary>
    public void Detach(DdsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        EntityHandle? condition;
        lock (_attachedLock)
        {
            _attached.Remove(reader, out condition);
        }

        if (condition is not null)
        {
            reader.RemoveWaitSet(this);

            // Deleting a condition takes it out of the wait set.
            condition.Dispose();
        }
    }

    /// <summary>Waits until a reader is ready, <see cref="Wake"/> or <see cref="DdsEntity.Dispose"/> is called, or the time has passed.</summary>
    /// <param name="timeout">Not negative; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="readyTokens">Filled with tokens of ready readers; what does not fit is reported by the next wait.</param>
    /// <param name="readyCount">How many tokens were filled. May be above 0 also when the outcome is Woken.</param>
    public DdsWaitOutcome Wait(TimeSpan timeout, Span<int> readyTokens, out int readyCount)
    {
        readyCount = 0;
        var nanoseconds = NativeQos.Nanoseconds(timeout, nameof(timeout));
        var triggered = stackalloc nint[MaxReaders + 1];
        int count;
        try
        {
            count = Interop.dds_waitset_wait(Handle, triggered, MaxReaders + 1, nanoseconds);
        }
        catch (ObjectDisposedException)
        {
            return DdsWaitOutcome.Disposed;
        }

        if (IsDisposed)
        {
            return DdsWaitOutcome.Disposed;
        }

        DdsException.ThrowIfError(count, nameof(Interop.dds_waitset_wait), Name);
        var woken = false;
        for (var i = 0; i < count; i++)
        {
            if (triggered[i] == WakeToken)
            {
                woken = TakeWake();
            }
            else if (readyCount < readyTokens.Length)
            {
                readyTokens[readyCount++] = (int)triggered[i];
            }
        }

        return woken ? DdsWaitOutcome.Woken : count > 0 ? DdsWaitOutcome.Ready : DdsWaitOutcome.TimedOut;
    }

    /// <summary>Ends the current wait, or the next one if none is running.</summary>
    public void Wake()
    {
        try
        {
            DdsException.ThrowIfError(Interop.dds_set_guardcondition(_guard, 1), nameof(Interop.dds_set_guardcondition), Name);
        }
        catch (ObjectDisposedException)
        {
            // A disposed wait set has nobody to wake.
        }
    }

    /// <inheritdoc/>
    private protected override void DisposeCore()
    {
        Wake();
        DdsReader[] readers;
        lock (_attachedLock)
        {
            readers = [.. _attached.Keys];
        }

        foreach (var reader in readers)
        {
            Detach(reader);
        }

        _participant.Forget(this);
    }

    private bool TakeWake()
    {
        byte set = 0;
        try
        {
            return Interop.dds_take_guardcondition(_guard, &set) == 0 && set != 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
