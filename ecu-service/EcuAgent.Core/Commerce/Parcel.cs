namespace EcuAgent.Core.Commerce;

/// <summary>A part of an order on its way.</summary>
/// <param name="Id">The merchant's id of it.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Title">What is in it, as it is spoken; empty when not told.</param>
/// <param name="Carrier">Who brings it; empty when not told.</param>
/// <param name="ExpectedAt">When it should be there; null when not told.</param>
public sealed record Parcel(string Id, OrderProgress Progress, string Title, string Carrier, DateTimeOffset? ExpectedAt);
