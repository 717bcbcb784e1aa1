namespace EcuAgent.E2E;

/// <summary>Profile 4: 12 bytes, big-endian: length 16, counter 16, data id 32, CRC32P4 32.</summary>
public sealed record P04Options : E2eOptions
{
    /// <summary>Starts with the defaults; <see cref="E2eOptions.MaxLengthBytes"/> is 4096.</summary>
    public P04Options()
        : base(E2eProfile.P04, 4096)
    {
    }

    /// <summary>The data id, sent.</summary>
    /// <value>0 .. 4294967295, default 0.</value>
    public uint DataId { get; init; }

    /// <summary>
    /// Dialect of vsomeip: the instance id stands in the top byte of the data id, which must then be free. Null: as AUTOSAR has it.
    /// </summary>
    /// <value>1 .. 255, default null.</value>
    public int? InstanceId { get; init; }

    internal uint SentDataId => DataId | ((uint)(InstanceId ?? 0) << 24);

    internal override ulong CounterValues => 1UL << 16;

    /// <inheritdoc/>
    public override int HeaderBytes => 12;

    internal override ProfileLayout CreateLayout() => new P04Layout(this);

    private protected override void AddFaults(List<E2eOptionFault> faults)
    {
        if (InstanceId is { } instance)
        {
            faults.Within(nameof(InstanceId), instance, 1, byte.MaxValue);
            faults.Within(nameof(DataId), DataId, 0, 0xFF_FFFF);
        }
    }
}
