using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>Keeps what a node logs.</summary>
internal sealed class RecordingLogger : ILoggerFactory, ILogger
{
    internal ConcurrentQueue<(int Id, string Text)> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
    }
}
