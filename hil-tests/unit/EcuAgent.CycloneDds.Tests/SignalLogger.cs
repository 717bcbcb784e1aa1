using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds.Tests;

/// <summary>A logger that a test can wait on.</summary>
internal sealed class SignalLogger(Signal<string> lines) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Raise(formatter(state, exception));
}
