namespace EcuAgent.E2E;

/// <summary>Profile 5: 3 bytes: CRC CCITT-FALSE 16, counter 8; the data id goes into the CRC last, low byte first.</summary>
public sealed record P05Options : E2eOptions
{
    /// <summary>Starts with the defaults; <see cref="E2eOptions.MaxLengthBytes"/> is 4096.</summary>
    public P05Options()
        : base(E2eProfile.P05, 4096)
    {
    }

    /// <summary>The data id, not sent.</summary>
    /// <value>0 .. 65535, default 0.</value>
    public int DataId { get; init; }

    /// <summary>Byte order of the CRC field.</summary>
    /// <value>Default <see cref="P05ByteOrder.LittleEndian"/>.</value>
    public P05ByteOrder ByteOrder { get; init; }

    internal override ulong CounterValues => 1UL << 8;

    /// <inheritdoc/>
    public override int HeaderBytes => 3;

    internal override ProfileLayout CreateLayout() => new P05Layout(this);

    private protected override void AddFaults(List<E2eOptionFault> faults)
    {
        faults.Within(nameof(DataId), DataId, 0, ushort.MaxValue);
        faults.Defined(nameof(ByteOrder), ByteOrder);
    }
}
