using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Receiver;

/// <summary>Events 2260 to 2269. Nothing that a request says is in any of them.</summary>
internal static partial class Log
{
    [LoggerMessage(2260, LogLevel.Information, "Order events of {Senders} merchants are received at {Url}orders/MERCHANT")]
    public static partial void Listening(ILogger logger, int senders, Uri url);

    [LoggerMessage(2261, LogLevel.Information, "The certificate of the receiver is good until {Until:O}")]
    public static partial void Certificate(ILogger logger, DateTimeOffset until);

    [LoggerMessage(2262, LogLevel.Debug, "A request that is no order event was refused with {Status}")]
    public static partial void Refused(ILogger logger, int status);

    [LoggerMessage(2263, LogLevel.Error, "A request could not be handled")]
    public static partial void Surprised(ILogger logger, Exception error);
}
