using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Ports;

/// <summary>How far a parcel is.</summary>
/// <param name="ParcelId">The same for the same parcel, 36 characters.</param>
/// <param name="Progress">How far.</param>
/// <param name="Carrier">Who brings it; empty when not known.</param>
/// <param name="Summary">What is in it, at most 128 UTF-8 bytes.</param>
/// <param name="ExpectedAt">When it should be there; null when not known.</param>
public sealed record ParcelStatus(string ParcelId, OrderProgress Progress, string Carrier, string Summary, DateTimeOffset? ExpectedAt);
