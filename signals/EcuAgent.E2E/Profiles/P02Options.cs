namespace EcuAgent.E2E;

/// <summary>Profile 2: CRC 8H2F in the first byte of the header, counter 0 .. 15 in the low nibble of the second.</summary>
public sealed record P02Options : SmallCounterOptions
{
    /// <summary>Entries of <see cref="DataIds"/>.</summary>
    public const int DataIdCount = 16;

    /// <summary>Starts with the defaults; <see cref="E2eOptions.MaxLengthBytes"/> is 32.</summary>
    public P02Options()
        : base(E2eProfile.P02, 32)
    {
    }

    /// <summary>The data ids, not sent; the counter picks the one that counts.</summary>
    /// <value>16 entries of 0 .. 255, no default.</value>
    public IReadOnlyList<int> DataIds { get; init; } = [];

    internal override ulong CounterValues => 16;

    /// <inheritdoc/>
    public override int HeaderBytes => 2;

    internal override ProfileLayout CreateLayout() => new P02Layout(this);

    private protected override void AddFaults(List<E2eOptionFault> faults)
    {
        base.AddFaults(faults);
        if (DataIds is not { Count: DataIdCount })
        {
            faults.Add(new E2eOptionFault(nameof(DataIds), $"{DataIds?.Count ?? 0} entries", $"{DataIdCount} entries"));
            return;
        }

        for (var i = 0; i < DataIdCount; i++)
        {
            faults.Within($"{nameof(DataIds)}[{i}]", DataIds[i], 0, byte.MaxValue);
        }
    }
}
