namespace EcuAgent.Commerce.Mapping;

/// <summary>A way of paying that a merchant offers.</summary>
/// <param name="Id">The merchant's id of it, which a payment names.</param>
/// <param name="Name">What kind it is, as a reverse domain name; null when not told.</param>
/// <param name="Spec">Address of its specification; null when not told.</param>
/// <param name="TakesDelegatedToken">True when it declares that it takes a token of the payment provider; a protocol without such a declaration has none.</param>
internal sealed record PaymentHandler(string Id, string? Name, string? Spec = null, bool TakesDelegatedToken = false);
