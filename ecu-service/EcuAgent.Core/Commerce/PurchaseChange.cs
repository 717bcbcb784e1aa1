namespace EcuAgent.Core.Commerce;

/// <summary>What a quoted order shall be instead.</summary>
/// <param name="Order">The whole order as it shall be.</param>
/// <param name="Intent">Canonical text of the wish with the change in it.</param>
/// <param name="Summary">What it is then, in the language of the person.</param>
/// <param name="Key">Once only: changing there and back again are three requests, and none of them a repetition.</param>
public sealed record PurchaseChange(CheckoutOrder Order, string Intent, string Summary, string Key);
