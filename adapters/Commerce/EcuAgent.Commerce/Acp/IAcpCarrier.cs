using EcuAgent.Commerce.Http;

namespace EcuAgent.Commerce.Acp;

/// <summary>
/// How ACP's operations get to a merchant: REST, or the tools of its MCP binding. Completing is sent once, all else again where that is harmless
/// and may help.
/// </summary>
internal interface IAcpCarrier
{
    /// <summary>False where there is no way to ask a placed order back.</summary>
    bool TakesOrdersBack { get; }

    /// <summary>Sends. The body of an answer that is done is a session, or an order that was taken back.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<Reply> SendAsync(AcpCall call, CallBudget budget, CancellationToken cancellationToken);
}
