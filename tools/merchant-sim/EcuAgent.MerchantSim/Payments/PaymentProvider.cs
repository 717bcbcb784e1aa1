namespace EcuAgent.MerchantSim.Payments;

/// <summary>
/// The payment provider of all merchants: gives out delegated tokens and charges them. Expired and used tokens make room for new ones;
/// when there are none of those the provider refuses new tokens, so that one that was given out is never forgotten.
/// </summary>
internal sealed class PaymentProvider(TimeProvider time, Ledger ledger, int tokenCapacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DelegatedToken> _tokens = new(StringComparer.Ordinal);

    /// <returns>False when the provider is full.</returns>
    public bool TryKeep(DelegatedToken token)
    {
        lock (_gate)
        {
            if (_tokens.Count >= tokenCapacity)
            {
                var now = time.GetUtcNow();
                foreach (var id in _tokens.Values.Where(t => t.IsUsed || t.ExpiresAt <= now).Select(t => t.Id).ToArray())
                {
                    _tokens.Remove(id);
                }
            }

            return _tokens.Count < tokenCapacity && _tokens.TryAdd(token.Id, token);
        }
    }

    /// <summary>Charges once, or says why not. A token that did not pay stays as it was.</summary>
    public ChargeOutcome Charge(ChargeRequest request)
    {
        lock (_gate)
        {
            if (!_tokens.TryGetValue(request.Token, out var token))
            {
                return Declined("The payment token is not known.");
            }

            if (WhyNotFit(token, request) is { } reason)
            {
                return Declined(reason);
            }

            if (token.Instrument is TestInstruments.RequiresAuthentication && !request.IsAuthenticated)
            {
                return new ChargeOutcome(ChargeResult.WantsAuthentication, "The card's issuer wants to authenticate the buyer.");
            }

            if (!ledger.TryCharge(request.MerchantId, request.SessionId, request.OrderId, request.Amount, request.Currency, token.Id))
            {
                return Declined("This session was charged before.");
            }

            token.IsUsed = true;
            return new ChargeOutcome(ChargeResult.Paid, "");
        }
    }

    private string? WhyNotFit(DelegatedToken token, ChargeRequest request) => token switch
    {
        { IsUsed: true } => "The payment token was used before.",
        _ when time.GetUtcNow() >= token.ExpiresAt => "The payment token has expired.",
        _ when token.MerchantId != request.MerchantId => "The payment token is for another merchant.",
        _ when token.CheckoutSessionId != request.SessionId => "The payment token is for another checkout session.",
        _ when token.Currency != request.Currency => "The payment token is for another currency.",
        _ when request.Amount > token.MaxAmount => "The amount is above what the payment token allows.",
        { Instrument: TestInstruments.Declined } => "The card was declined.",
        { Instrument: TestInstruments.Limited } when request.Amount > TestInstruments.LimitMinorUnits => "The amount is above the card's limit.",
        _ => null,
    };

    private static ChargeOutcome Declined(string reason) => new(ChargeResult.Declined, reason);
}
