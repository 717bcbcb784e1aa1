namespace EcuAgent.Commerce.Registry;

/// <summary>The payment provider of the registry.</summary>
internal sealed record PaymentEntry
{
    /// <summary>Address before <c>/agentic_commerce/delegate_payment</c>.</summary>
    internal required Uri BaseUrl { get; init; }

    internal required Secret BearerToken { get; init; }

    /// <summary>The provider's reference to the person's means of payment; no card number.</summary>
    internal required Secret Instrument { get; init; }

    /// <summary><c>credit</c>, <c>debit</c> or <c>prepaid</c>.</summary>
    internal required string FundingType { get; init; }

    /// <summary>What the provider calls each merchant, by our id.</summary>
    internal required IReadOnlyDictionary<string, string> MerchantIds { get; init; }

    /// <summary>What a person knows the card by, for merchants that ask for it; null where it is not set up. No card number.</summary>
    internal (string Brand, string LastDigits)? Card { get; init; }

    /// <summary>Names, or addresses of specifications, of the UCP payment handlers that take a token of the provider.</summary>
    internal IReadOnlySet<string> UcpHandlers { get; init; } = new HashSet<string>();
}
