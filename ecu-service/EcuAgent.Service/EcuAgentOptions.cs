using EcuAgent.Commerce;
using EcuAgent.Commerce.Journal;
using EcuAgent.Commerce.Mcp.Tools;
using EcuAgent.Commerce.Receiver;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Standby;
using EcuAgent.QwenCloud;
using EcuAgent.Signals;

namespace EcuAgent.Service;

/// <summary>All settings of the service, bound from the section <c>EcuAgent</c> of appsettings.json, environment and command line.</summary>
internal sealed class EcuAgentOptions
{
    public const string Section = "EcuAgent";

    /// <summary>On which buses the service speaks.</summary>
    public BusOptions Bus { get; init; } = new();

    /// <summary>A second service on the same domain that takes over; off by default.</summary>
    public StandbyOptions Standby { get; init; } = new();

    /// <summary>Ages, dwell times and thresholds of the picture of the car.</summary>
    public VehicleStateOptions Vehicle { get; init; } = new();

    /// <summary>Thresholds and time-outs of the agent.</summary>
    public AgentOptions Agent { get; init; } = new();

    /// <summary>Bounds of the queue of deferred requests.</summary>
    public DeferralOptions Deferral { get; init; } = new();

    /// <summary>Which gate policy holds.</summary>
    public PolicyOptions Policy { get; init; } = new();

    /// <summary>The language model.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>The helper outside the car; off by default.</summary>
    public QwenCloudOptions Cloud { get; init; } = new();

    /// <summary>Merchants and payment; none by default.</summary>
    public CommerceOptions Commerce { get; init; } = new();

    /// <summary>Tools of others that can be asked for by a sentence; none by default.</summary>
    public McpToolboxOptions Tools { get; init; } = new();

    /// <summary>Where merchants' order events are received; nowhere by default.</summary>
    public ReceiverOptions Webhooks { get; init; } = new();

    /// <summary>Caps and times of purchases.</summary>
    public PurchaseOptions Purchases { get; init; } = new();

    /// <summary>The durable memory of purchases.</summary>
    public PurchaseJournalOptions Journal { get; init; } = new();

    /// <summary>The audit file.</summary>
    public AuditFileOptions Audit { get; init; } = new();
}
