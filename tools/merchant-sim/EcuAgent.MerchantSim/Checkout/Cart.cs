using System.Text.Json;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>What the buyer's side has said so far.</summary>
internal sealed class Cart
{
    public IReadOnlyList<CartLine> Lines { get; private set; } = [];

    public JsonElement? Buyer { get; private set; }

    public JsonElement? FulfillmentDetails { get; private set; }

    public JsonElement? Metadata { get; private set; }

    public TripData Trip { get; private set; } = TripData.None;

    public string? SelectedOption { get; private set; }

    public IReadOnlyList<string> DiscountCodes { get; private set; } = [];

    public string? OrderNotes { get; private set; }

    public string? Locale { get; private set; }

    public string? TimeZone { get; private set; }

    /// <summary>True when the answer's texts are to be Chinese.</summary>
    public bool IsChinese => Locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ?? false;

    public void Apply(CartChange change)
    {
        Lines = change.Lines ?? Lines;
        Buyer = change.Buyer ?? Buyer;
        FulfillmentDetails = change.FulfillmentDetails ?? FulfillmentDetails;
        if (change.Metadata is { } metadata)
        {
            Metadata = metadata;
            Trip = TripData.Read(metadata);
        }

        SelectedOption = change.SelectedOption ?? SelectedOption;
        DiscountCodes = change.DiscountCodes ?? DiscountCodes;
        OrderNotes = change.OrderNotes ?? OrderNotes;
        Locale = change.Locale ?? Locale;
        TimeZone = change.TimeZone ?? TimeZone;
    }

    /// <summary>Adds what a complete request says on the way.</summary>
    public void ApplyFinal(JsonElement? buyer, string? orderNotes)
    {
        Buyer = buyer ?? Buyer;
        OrderNotes = orderNotes ?? OrderNotes;
    }
}
