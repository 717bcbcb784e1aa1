namespace EcuAgent.MerchantSim.Checkout;

/// <summary>Where a session stands; named as ACP names it.</summary>
internal enum SessionStatus
{
    Incomplete,
    NotReadyForPayment,
    RequiresEscalation,
    AuthenticationRequired,
    ReadyForPayment,
    CompleteInProgress,
    Completed,
    Canceled,
    Expired,
}
