using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Commerce;

/// <summary>An order as the merchant has it.</summary>
/// <param name="OrderId">The merchant's id.</param>
/// <param name="Number">What a person names to the merchant; the id where there is none.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Charged">What was charged; null when not told.</param>
/// <param name="Refunded">What was given back; null when nothing.</param>
/// <param name="Parcels">How its parts are on their way.</param>
public sealed record PlacedOrder(
    string OrderId, string Number, OrderProgress Progress, Money? Charged, Money? Refunded, IReadOnlyList<Parcel> Parcels);
