using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Ports;

/// <summary>Where an order stands.</summary>
/// <param name="OrderId">GUID of the order.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Summary">What it is, at most 128 UTF-8 bytes; made from the call's arguments.</param>
/// <param name="Reason">Stable code, at most 48 characters.</param>
/// <param name="Merchant">Id of the merchant; empty when none is known.</param>
/// <param name="Amount">What it costs; null when not known.</param>
public sealed record OrderStatus(string OrderId, OrderState State, string Summary, string Reason, string Merchant = "", Money? Amount = null);
