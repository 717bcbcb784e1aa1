namespace EcuAgent.Core.Commerce;

/// <summary>What a person wants to buy, at a merchant that was chosen.</summary>
public sealed record PurchaseWish
{
    /// <summary>GUID; the same from the request to the receipt.</summary>
    public required string Id { get; init; }

    /// <summary>At whom.</summary>
    public required MerchantProfile Merchant { get; init; }

    /// <summary>What.</summary>
    public required CheckoutOrder Order { get; init; }

    /// <summary>Name of the tool that asked.</summary>
    public required string Tool { get; init; }

    /// <summary>Canonical text of the tool call; equal for equal wishes.</summary>
    public required string Intent { get; init; }

    /// <summary>What it is, in the language of the person.</summary>
    public required string Summary { get; init; }

    /// <summary>Language of the person, BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>Why this offer was suggested.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];
}
