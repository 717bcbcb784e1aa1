using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Policy;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.QwenCloud;

/// <summary>What the helper works with. Everything stays the caller's to dispose.</summary>
public sealed record CloudHelperServices
{
    /// <summary>The tools; calls from outside are checked against it.</summary>
    public required ToolCatalogue Catalogue { get; init; }

    /// <summary>Takes a snapshot of the car.</summary>
    public required Func<VehicleSnapshot> Snapshot { get; init; }

    /// <summary>The policy in force.</summary>
    public required PolicyHolder Policy { get; init; }

    /// <summary>Whether a question before a commit is open.</summary>
    public required Func<bool> IsQuestionOpen { get; init; }

    /// <summary>The agent's time limit for the model, local and cloud together.</summary>
    public required TimeSpan ModelBudget { get; init; }

    /// <summary>The client for the endpoint in place of a <see cref="QwenCloudChatClient"/>; for tests and other protocols.</summary>
    public IChatClient? Client { get; init; }

    /// <summary>Whether a network is there, in place of the system's own word; for cars whose modem knows better.</summary>
    public Func<bool>? IsOnline { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where to log.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
