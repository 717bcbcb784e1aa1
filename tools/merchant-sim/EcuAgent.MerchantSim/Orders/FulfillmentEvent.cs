namespace EcuAgent.MerchantSim.Orders;

/// <summary>Something that has happened to an order; never taken back.</summary>
internal sealed record FulfillmentEvent(string Id, string Type, DateTimeOffset OccurredAt, string Description, string? Location);
