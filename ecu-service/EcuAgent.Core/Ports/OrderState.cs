namespace EcuAgent.Core.Ports;

/// <summary>Where an order stands. Order of the wire contract.</summary>
public enum OrderState
{
    Unknown,
    Deferred,
    Prepared,
    AwaitingConfirmation,
    Placed,
    Fulfilled,
    Canceled,
    Failed,
    Expired,
}
