using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Registry;

namespace EcuAgent.Commerce.Acp;

/// <summary>One of ACP's operations on a session or an order, whatever carries it.</summary>
/// <param name="Merchant">Where.</param>
/// <param name="Operation">Which: create, update, get, complete, cancel, or taking an order back.</param>
/// <param name="Id">The session, or the order that is taken back; null when a session is created.</param>
internal sealed record AcpCall(MerchantEntry Merchant, Operation Operation, string? Id)
{
    /// <summary>JSON; null where nothing is said.</summary>
    internal ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Null for reading.</summary>
    internal string? IdempotencyKey { get; init; }
}
