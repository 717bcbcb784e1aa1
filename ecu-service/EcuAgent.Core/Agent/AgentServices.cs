using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Policy;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Core.Agent;

/// <summary>What the agent works with. Everything stays the caller's to dispose.</summary>
public sealed record AgentServices
{
    /// <summary>The model.</summary>
    public required IChatClient Model { get; init; }

    /// <summary>The tools that the model may propose.</summary>
    public required ToolCatalogue Catalogue { get; init; }

    /// <summary>Takes a snapshot of the car; called often and from several threads.</summary>
    public required Func<VehicleSnapshot> Snapshot { get; init; }

    /// <summary>The policy in force.</summary>
    public required PolicyHolder Policy { get; init; }

    /// <summary>The one question that may be open before a commit.</summary>
    public required ConfirmationDesk Confirmations { get; init; }

    /// <summary>What waits for the car to be parked.</summary>
    public required DeferralQueue Deferrals { get; init; }

    /// <summary>The audit file.</summary>
    public required AuditLog Audit { get; init; }

    /// <summary>Commands to other ECUs.</summary>
    public required ICommandPort Commands { get; init; }

    /// <summary>The ECU that owns the map.</summary>
    public required IPlacePort Places { get; init; }

    /// <summary>Who speaks.</summary>
    public required IReplyPort Replies { get; init; }

    /// <summary>Where decisions are published.</summary>
    public required IDecisionPort Decisions { get; init; }

    /// <summary>Where the state of orders is published.</summary>
    public required IOrderStatusPort Orders { get; init; }

    /// <summary>Carries out purchases; null where no merchant is set up.</summary>
    public PurchaseEngine? Purchases { get; init; }

    /// <summary>Tools of others; null where none are set up.</summary>
    public IToolPort? Tools { get; init; }

    /// <summary>Whether this service may act at this instant; a service of a pair may only while it leads. Asked last before an order leaves.</summary>
    public Func<bool> MayAct { get; init; } = static () => true;

    /// <summary>Bounds of the command table.</summary>
    public CommandTrackerOptions CommandTracker { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where to log.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>A new id, 36 characters, later than those before.</summary>
    internal string NewId() => Guid.CreateVersion7(Time.GetUtcNow()).ToString();
}
