namespace EcuAgent.MerchantSim.Webhooks;

/// <summary>What became of one order event.</summary>
/// <param name="Merchant">Who sent it.</param>
/// <param name="OrderId">Whose order.</param>
/// <param name="Type"><c>order_create</c> or <c>order_update</c>.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="Status">HTTP status of the last attempt; null when there was no answer or nothing was sent.</param>
/// <param name="Outcome"><c>delivered</c>, <c>refused</c>, <c>gave_up</c>, <c>dropped_by_fault</c>.</param>
public sealed record WebhookDelivery(string Merchant, string OrderId, string Type, int Attempts, int? Status, string Outcome);
