namespace EcuAgent.MerchantSim.Orders;

/// <summary>Something that will happen to an order.</summary>
/// <param name="EventType">Type of the event, as ACP names it.</param>
/// <param name="Status">Status of the fulfilment from then on.</param>
/// <param name="Description">For a person.</param>
/// <param name="Location">Where; null when nowhere.</param>
/// <param name="DueAt">When.</param>
internal sealed record Milestone(string EventType, string Status, string Description, string? Location, DateTimeOffset DueAt);
