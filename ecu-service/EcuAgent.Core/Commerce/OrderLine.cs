namespace EcuAgent.Core.Commerce;

/// <summary>One line of an order.</summary>
/// <param name="OfferId">The merchant's id of the offer.</param>
/// <param name="Title">What it is, as it is spoken.</param>
/// <param name="Quantity">How many, 1 or more.</param>
public sealed record OrderLine(string OfferId, string Title, int Quantity);
