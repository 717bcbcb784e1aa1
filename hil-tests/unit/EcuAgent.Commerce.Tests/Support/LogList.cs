using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>Keeps every log line, of every level.</summary>
internal sealed class LogList : ILoggerFactory, ILogger
{
    private readonly List<(LogLevel Level, int Id, string Text)> _lines = [];

    internal IReadOnlyList<(LogLevel Level, int Id, string Text)> Lines
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
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add((logLevel, eventId.Id, formatter(state, exception) + exception));
        }
    }

    public void Dispose()
    {
    }
}
