using Microsoft.Extensions.Logging;

namespace EcuAgent.MerchantSim;

/// <summary>Events 9100 to 9199. Buyers, addresses, tokens and instruments are in none of them.</summary>
internal static partial class Log
{
    [LoggerMessage(9100, LogLevel.Information, "{Merchant} {Operation}: {Status} ({Fault})")]
    public static partial void Answered(ILogger logger, string merchant, string operation, int status, string fault);

    [LoggerMessage(9101, LogLevel.Error, "{Method} {Path} failed by surprise")]
    public static partial void Surprised(ILogger logger, Exception error, string method, string path);

    [LoggerMessage(9102, LogLevel.Warning, "Order event of {Merchant} not sent: {Capacity} are waiting already")]
    public static partial void WebhookQueueFull(ILogger logger, string merchant, int capacity);

    [LoggerMessage(9103, LogLevel.Information, "Order event {Type} of {Merchant} was not taken: {Reason}")]
    public static partial void WebhookFailed(ILogger logger, string merchant, string type, string reason);

    [LoggerMessage(9104, LogLevel.Warning, "Order event {Type} of {Merchant} was given up after {Attempts} attempts")]
    public static partial void WebhookGaveUp(ILogger logger, string merchant, string type, int attempts);

    [LoggerMessage(9105, LogLevel.Information, "{Merchant} order {Order}: {Status}")]
    public static partial void OrderChanged(ILogger logger, string merchant, string order, string status);
}
