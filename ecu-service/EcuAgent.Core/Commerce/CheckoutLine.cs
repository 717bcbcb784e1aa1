namespace EcuAgent.Core.Commerce;

/// <summary>One line as the merchant priced it.</summary>
/// <param name="OfferId">The merchant's id of the offer.</param>
/// <param name="Title">What it is, as it is spoken.</param>
/// <param name="Quantity">How many.</param>
/// <param name="AmountMinorUnits">Price of the line, in minor units of the session's currency.</param>
public sealed record CheckoutLine(string OfferId, string Title, int Quantity, long AmountMinorUnits);
