namespace EcuAgent.MerchantSim.Payments;

/// <summary>Money that moved, for good. The ledger is the truth that a client's journal is compared with.</summary>
/// <param name="Sequence">1, 2, 3, ...</param>
/// <param name="Kind">Charge or refund.</param>
/// <param name="Merchant">Who got or gave it.</param>
/// <param name="Session">Checkout session.</param>
/// <param name="Order">Order.</param>
/// <param name="Amount">Minor units, above zero.</param>
/// <param name="Currency">ISO 4217, lower case.</param>
/// <param name="Token">Delegated token that paid.</param>
/// <param name="At">When.</param>
public sealed record LedgerEntry(
    int Sequence, LedgerKind Kind, string Merchant, string Session, string Order, long Amount, string Currency, string Token, DateTimeOffset At);

/// <summary>Which way money moved.</summary>
public enum LedgerKind
{
    /// <summary>From the buyer to the merchant.</summary>
    Charge,

    /// <summary>Back to the buyer.</summary>
    Refund,
}
