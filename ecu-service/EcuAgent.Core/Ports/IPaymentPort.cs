using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Ports;

/// <summary>The provider that keeps the person's means of payment. The car holds a reference to one, never a card number.</summary>
public interface IPaymentPort
{
    /// <summary>Asks for a token that pays once within the allowance. Costs nothing until a merchant uses it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<CommerceAnswer<PaymentGrant>> GrantAsync(PaymentAllowance allowance, string idempotencyKey, CancellationToken cancellationToken);
}
