using Microsoft.Extensions.Logging;

namespace EcuAgent.Service.Tests;

/// <summary>Keeps every line, of every level.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILoggerFactory, ILogger
{
    private readonly List<(LogLevel Level, string Text, Exception? Error)> _lines = [];

    public IReadOnlyList<(LogLevel Level, string Text, Exception? Error)> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add((logLevel, formatter(state, exception), exception));
        }
    }

    public void Dispose()
    {
    }
}
