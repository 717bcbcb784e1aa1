namespace EcuAgent.Core.Commerce;

/// <summary>A token that the payment provider bound to a <see cref="PaymentAllowance"/>. Worth nothing elsewhere; never logged, never stored.</summary>
/// <param name="Token">The token.</param>
public sealed record PaymentGrant(string Token)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(PaymentGrant);
}
