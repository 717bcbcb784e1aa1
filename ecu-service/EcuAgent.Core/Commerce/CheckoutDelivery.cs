namespace EcuAgent.Core.Commerce;

/// <summary>How the order will reach the person, as the merchant has it.</summary>
/// <param name="Kind">How.</param>
/// <param name="Title">As it is spoken.</param>
/// <param name="From">Ready, or at the address, from then; null when not told.</param>
/// <param name="Until">At the latest then; null when not told.</param>
public sealed record CheckoutDelivery(DeliveryKind Kind, string Title, DateTimeOffset? From, DateTimeOffset? Until);
