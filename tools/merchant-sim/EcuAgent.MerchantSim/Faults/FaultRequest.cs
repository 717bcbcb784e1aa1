using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Faults;

/// <summary>A fault that is to happen.</summary>
public sealed record FaultRequest
{
    /// <summary>Every merchant.</summary>
    public const string AnyMerchant = "*";

    /// <summary>What.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Merchant id, <c>psp</c> for the payment provider, <see cref="AnyMerchant"/> for all of them.</summary>
    public string Merchant { get; init; } = AnyMerchant;

    /// <summary>Which requests; null for all to which the fault applies.</summary>
    public SimOperation? Operation { get; init; }

    /// <summary>How often, 1 to 1,000,000.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How many requests pass unharmed first, 0 to 1,000,000.</summary>
    public int Skip { get; init; }

    /// <summary><see cref="FaultKind.Delay"/> (default 1 s) and <see cref="FaultKind.Slow"/> (default: until released); above 0, at most 1 h.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary><see cref="FaultKind.CutAnswer"/> (default 20) and <see cref="FaultKind.HugeBody"/> (default 32 MiB); 0 to 1 GiB.</summary>
    public long? Bytes { get; init; }

    /// <summary><see cref="FaultKind.ErrorBefore"/> and <see cref="FaultKind.ErrorAfter"/>; 500 (default) to 599.</summary>
    public int? Status { get; init; }

    /// <summary><see cref="FaultKind.PriceChange"/> in percent, default 10; -90 to 1000, not 0.</summary>
    public int? Percent { get; init; }

    /// <summary><see cref="FaultKind.Redirect"/>; default: a path of this server that does not exist.</summary>
    public string? Location { get; init; }
}
