using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce;

/// <summary>Events 2200 to 2259. No name, address, token, item, amount, session or order is in any of them.</summary>
internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Information, "Commerce: {Merchants} merchants from {File}, payment {Payment}, buyer's profile {Buyer}")]
    public static partial void Opened(ILogger logger, int merchants, string file, string payment, string buyer);

    /// <summary>One sending and what came of it.</summary>
    public static void Told(ILogger logger, string operation, string party, string detail, Http.Reply reply, TimeSpan elapsed)
    {
        Sent(logger, operation, party, detail, reply.Outcome, reply.Reason, (long)elapsed.TotalMilliseconds);
        if (reply.IsOurMistake)
        {
            OurMistake(logger, operation, party, reply.Reason);
        }
    }

    [LoggerMessage(2201, LogLevel.Debug, "{Operation} at {Party}: {Detail}; {Outcome}, {Reason} after {ElapsedMs} ms")]
    private static partial void Sent(ILogger logger, string operation, string party, string detail, CommerceOutcome outcome, string reason, long elapsedMs);

    [LoggerMessage(2202, LogLevel.Error, "{Operation} at {Party} was refused with {Reason}: a request of ours broke the idempotency rules")]
    private static partial void OurMistake(ILogger logger, string operation, string party, string reason);

    [LoggerMessage(2203, LogLevel.Warning, "{Operation} at {Merchant}: the answer is not a {What} at {JsonPath}")]
    public static partial void NotUnderstood(ILogger logger, string operation, string merchant, string what, string jsonPath);

    [LoggerMessage(2204, LogLevel.Warning, "{Merchant} does not list ACP " + Acp.AcpWords.ApiVersion + " among its versions")]
    public static partial void VersionNotListed(ILogger logger, string merchant);

    [LoggerMessage(2205, LogLevel.Warning, "{Merchant} calls a session completed and names no order; the session stands for it")]
    public static partial void CompletedWithoutOrder(ILogger logger, string merchant);

    [LoggerMessage(EventId = 2206, Message = "An order event for {Merchant} was not taken: {Verdict}, {Reason}")]
    public static partial void WebhookRefused(ILogger logger, LogLevel level, string merchant, Webhooks.WebhookVerdict verdict, string reason);

    [LoggerMessage(2207, LogLevel.Warning, "{Operation} at {Merchant}: the signature of the answer does not hold, {Reason}")]
    public static partial void AnswerNotGenuine(ILogger logger, string operation, string merchant, string reason);

    [LoggerMessage(2208, LogLevel.Warning, "{Merchant} cannot be bought from in UCP: {Reason}; its profile is of {TheirVersion}")]
    public static partial void NotNegotiated(ILogger logger, string merchant, string reason, string theirVersion);

    [LoggerMessage(2209, LogLevel.Warning, "The profile of {Merchant} names another address for its checkout than the registry, whose address is used")]
    public static partial void EndpointDiffers(ILogger logger, string merchant);
}
