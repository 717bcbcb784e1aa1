using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>Keeps every log entry above Trace as text.</summary>
internal sealed class MemoryLog : ILoggerFactory, ILogger
{
    internal ConcurrentQueue<string> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel > LogLevel.Trace;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Entries.Enqueue(formatter(state, exception) + exception);
        }
    }

    public void Dispose()
    {
    }
}
