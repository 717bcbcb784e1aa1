namespace EcuAgent.Core.Commerce;

/// <summary>What was found out about one purchase. To be disposed once it is told, so that nobody tells an older state after it.</summary>
public sealed class OrderLook : IDisposable
{
    private readonly IDisposable? _hold;

    internal OrderLook(OrderLookKind kind, IDisposable? hold = null)
    {
        Kind = kind;
        _hold = hold;
    }

    /// <summary>How it went.</summary>
    public OrderLookKind Kind { get; }

    /// <summary>How the purchase went on, oldest first: the stage before, and the state after. The last may have the same stage.</summary>
    public IReadOnlyList<(PurchaseStage Before, PurchaseRecord Record)> Steps { get; init; } = [];

    /// <summary>The order as the merchant has it; null when it was not placed or the merchant did not say.</summary>
    public PlacedOrder? Order { get; init; }

    /// <inheritdoc/>
    public void Dispose() => _hold?.Dispose();
}
