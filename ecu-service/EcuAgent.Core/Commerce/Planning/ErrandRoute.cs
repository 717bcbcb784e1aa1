namespace EcuAgent.Core.Commerce.Planning;

/// <summary>What the search found.</summary>
/// <param name="Stops">The stops in order.</param>
/// <param name="Handovers">Who brings what to the destination, by errand.</param>
/// <param name="ArriveMs">Arrival at the destination, Unix milliseconds.</param>
/// <param name="Metres">The whole way.</param>
internal sealed record ErrandRoute(ErrandNode[] Stops, ErrandNode[] Handovers, long ArriveMs, long Metres);
