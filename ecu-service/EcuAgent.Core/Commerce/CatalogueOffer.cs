using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Commerce;

/// <summary>Something that a merchant sells.</summary>
/// <param name="MerchantId">Whose it is.</param>
/// <param name="OfferId">The merchant's id of it; what an order names.</param>
/// <param name="Title">What it is, as it is spoken.</param>
/// <param name="Price">List price of one; null when not known. What is paid is the checkout's total.</param>
/// <param name="IsSponsored">True when its place in a list is paid for.</param>
/// <param name="Diets">Diets of the tool catalogue that it keeps.</param>
public sealed record CatalogueOffer(
    string MerchantId, string OfferId, string Title, Money? Price, bool IsSponsored, IReadOnlySet<string> Diets);
