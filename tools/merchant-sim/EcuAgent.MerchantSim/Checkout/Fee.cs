namespace EcuAgent.MerchantSim.Checkout;

/// <summary>Something besides the goods that is paid for.</summary>
/// <param name="Text">For a person.</param>
/// <param name="Amount">Minor units, tax included.</param>
internal sealed record Fee(string Text, long Amount);
