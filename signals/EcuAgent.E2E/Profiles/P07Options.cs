namespace EcuAgent.E2E;

/// <summary>Profile 7: 20 bytes, big-endian: CRC64 of ECMA-182, length 32, counter 32, data id 32.</summary>
public sealed record P07Options : E2eOptions
{
    /// <summary>Longest message that the profile allows, and the default.</summary>
    public const int LongestBytes = 4 * 1024 * 1024;

    /// <summary>Starts with the defaults; <see cref="E2eOptions.MaxLengthBytes"/> is <see cref="LongestBytes"/>.</summary>
    public P07Options()
        : base(E2eProfile.P07, LongestBytes)
    {
    }

    /// <summary>The data id, sent.</summary>
    /// <value>0 .. 4294967295, default 0.</value>
    public uint DataId { get; init; }

    internal override ulong CounterValues => 1UL << 32;

    /// <inheritdoc/>
    public override int HeaderBytes => 20;

    private protected override int LengthLimitBytes => LongestBytes;

    internal override ProfileLayout CreateLayout() => new P07Layout(this);
}
