using System.Text.Json;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>What a create or update request changes; null (or an undefined element) leaves the field as it is.</summary>
internal sealed record CartChange
{
    /// <summary>Value of <see cref="SelectedOption"/> that takes a choice back.</summary>
    public const string UsualOption = "";

    public IReadOnlyList<CartLine>? Lines { get; init; }

    public JsonElement? Buyer { get; init; }

    public JsonElement? FulfillmentDetails { get; init; }

    /// <summary>Replaces the vertical data as a whole.</summary>
    public JsonElement? Metadata { get; init; }

    public string? SelectedOption { get; init; }

    public IReadOnlyList<string>? DiscountCodes { get; init; }

    public string? OrderNotes { get; init; }

    public string? Locale { get; init; }

    public string? TimeZone { get; init; }
}
