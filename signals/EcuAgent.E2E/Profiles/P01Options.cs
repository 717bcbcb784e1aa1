namespace EcuAgent.E2E;

/// <summary>Profile 1: CRC SAE J1850 (as AUTOSAR combines it: initial value and final xor 0), counter 0 .. 14.</summary>
public sealed record P01Options : SmallCounterOptions
{
    private const int LastBit = 255;

    /// <summary>Starts with the defaults; <see cref="E2eOptions.MaxLengthBytes"/> is 30.</summary>
    public P01Options()
        : base(E2eProfile.P01, 30)
    {
    }

    /// <summary>The data id, not sent.</summary>
    /// <value>0 .. 65535; in nibble mode 0 .. 4095. Default 0.</value>
    public int DataId { get; init; }

    /// <summary>Which part of the data id counts.</summary>
    /// <value>Default <see cref="P01DataIdMode.Both"/>.</value>
    public P01DataIdMode DataIdMode { get; init; }

    /// <summary>Where the CRC byte stands.</summary>
    /// <value>Bits from <see cref="E2eOptions.OffsetBytes"/> on, a multiple of 8, 0 .. 248, default 0.</value>
    public int CrcOffsetBits { get; init; }

    /// <summary>Where the counter stands: a multiple of 8 is the low nibble of that byte, 4 more its high nibble.</summary>
    /// <value>Bits from <see cref="E2eOptions.OffsetBytes"/> on, a multiple of 4, 0 .. 252, default 8.</value>
    public int CounterOffsetBits { get; init; } = 8;

    /// <summary>Where the nibble of the data id stands, in nibble mode.</summary>
    /// <value>Bits from <see cref="E2eOptions.OffsetBytes"/> on, a multiple of 4, 0 .. 252, default 12.</value>
    public int DataIdNibbleOffsetBits { get; init; } = 12;

    internal override ulong CounterValues => 15;

    /// <inheritdoc/>
    public override int HeaderBytes =>
        (Math.Max(CrcOffsetBits, Math.Max(CounterOffsetBits, DataIdMode == P01DataIdMode.Nibble ? DataIdNibbleOffsetBits : 0)) / 8) + 1;

    internal override ProfileLayout CreateLayout() => new P01Layout(this);

    private protected override void AddFaults(List<E2eOptionFault> faults)
    {
        base.AddFaults(faults);
        faults.Defined(nameof(DataIdMode), DataIdMode);
        faults.Within(nameof(DataId), DataId, 0, DataIdMode == P01DataIdMode.Nibble ? 0xFFF : ushort.MaxValue);
        AddPlace(faults, nameof(CrcOffsetBits), CrcOffsetBits, 8);
        AddPlace(faults, nameof(CounterOffsetBits), CounterOffsetBits, 4);
        AddApart(faults, nameof(CounterOffsetBits), CounterOffsetBits, CounterOffsetBits / 8 != CrcOffsetBits / 8);
        if (DataIdMode == P01DataIdMode.Nibble)
        {
            AddPlace(faults, nameof(DataIdNibbleOffsetBits), DataIdNibbleOffsetBits, 4);
            AddApart(
                faults,
                nameof(DataIdNibbleOffsetBits),
                DataIdNibbleOffsetBits,
                DataIdNibbleOffsetBits / 8 != CrcOffsetBits / 8 && DataIdNibbleOffsetBits != CounterOffsetBits);
        }
    }

    private static void AddPlace(List<E2eOptionFault> faults, string name, int bits, int multiple)
    {
        if (bits is < 0 or > LastBit || bits % multiple != 0)
        {
            faults.Add(new E2eOptionFault(name, OptionChecks.Text(bits), $"multiples of {multiple} from 0 to {LastBit + 1 - multiple}"));
        }
    }

    private static void AddApart(List<E2eOptionFault> faults, string name, int bits, bool apart)
    {
        if (!apart)
        {
            faults.Add(new E2eOptionFault(name, OptionChecks.Text(bits), "a place that no other field of the header takes"));
        }
    }
}
