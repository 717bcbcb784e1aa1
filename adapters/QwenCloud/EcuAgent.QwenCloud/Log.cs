using Microsoft.Extensions.Logging;

namespace EcuAgent.QwenCloud;

/// <summary>Events 2100 to 2199. Speech and place are in none of them; what was sent stands in the record on disk.</summary>
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "Cloud helper is on: {Endpoint}, model {Model}, key from {Key}, consent {Consent}")]
    public static partial void HelperOn(ILogger logger, string endpoint, string model, string key, string consent);

    [LoggerMessage(2101, LogLevel.Information, "A request beyond the local model ({Why}) stayed in the car: {Reason}")]
    public static partial void StayedInCar(ILogger logger, string why, string reason);

    [LoggerMessage(2102, LogLevel.Information, "Request {Number} left the car ({Why}); outcome {Outcome} after {ElapsedMs} ms")]
    public static partial void Asked(ILogger logger, long number, string why, string outcome, long elapsedMs);

    [LoggerMessage(2103, LogLevel.Warning, "The cloud helper failed: {Error}: {Detail}. The local answer holds")]
    public static partial void ExchangeFailed(ILogger logger, string error, string detail);

    [LoggerMessage(2104, LogLevel.Warning, "The circuit to the endpoint is open for {BreakFor}")]
    public static partial void CircuitOpened(ILogger logger, TimeSpan breakFor);

    [LoggerMessage(2105, LogLevel.Information, "The circuit to the endpoint is closed again")]
    public static partial void CircuitClosed(ILogger logger);

    [LoggerMessage(2106, LogLevel.Warning, "The privacy files in {Folder} cannot be written: {Detail}")]
    public static partial void FilesFailed(ILogger logger, string folder, string detail);

    [LoggerMessage(2107, LogLevel.Error, "The cloud helper failed by surprise. The local answer holds")]
    public static partial void HelperFaulted(ILogger logger, Exception error);

    [LoggerMessage(2108, LogLevel.Warning, "The endpoint asks to be left alone for {Hold}")]
    public static partial void HeldOff(ILogger logger, TimeSpan hold);
}
