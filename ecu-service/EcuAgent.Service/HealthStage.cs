using EcuAgent.Core.Agent;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Standby;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcuAgent.Service;

/// <summary>Publishes the heartbeat once a second; in a hot-standby pair <see cref="StandbyDuty"/> asks for it, several times per lease.</summary>
internal sealed class HealthStage(
    CockpitBus bus,
    AssistantAgent agent,
    AuditLog audit,
    LoadedModel model,
    CommerceOwner commerce,
    Inbox inbox,
    IOptions<EcuAgentOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<HealthStage> logger,
    StandbyDuty? standby = null) : Stage(lifetime, logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private volatile bool _otherServiceJoined;
    private string _lastReasons = "";

    protected override string Name => "health";

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        inbox.OtherServiceSeen = OnOtherService;
        if (standby is not null)
        {
            standby.Beat = () => Publish(Reasons());
        }

        audit.Append(new AuditEntry { Kind = AuditKind.ServiceStarted, Reason = bus.InstanceId });
        audit.Append(new AuditEntry { Kind = AuditKind.PolicyLoaded, Profile = bus.PolicyProfile });
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (standby is null)
        {
            PublishStopping();
        }
        else
        {
            standby.Leave(PublishStopping);
        }

        audit.Append(new AuditEntry { Kind = AuditKind.ServiceStopped });
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        Logger.Ready(options.Value.Bus.Place, bus.PolicyProfile, model.Name);
        using var timer = new PeriodicTimer(Beat, time);
        do
        {
            var reasons = Reasons();
            if (standby is null)
            {
                Publish(reasons);
            }

            var text = string.Join(',', reasons);
            if (text != _lastReasons)
            {
                _lastReasons = text;
                if (text.Length > 0)
                {
                    Logger.Degraded(text);
                }
                else
                {
                    Logger.HealthyAgain();
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }

    private void Publish(List<string> reasons) => bus.PublishHealth(Report(reasons.Count == 0 ? ServiceHealth.Ok : ServiceHealth.Degraded, reasons));

    private void PublishStopping() => bus.PublishHealth(Report(ServiceHealth.Stopping, Reasons()));

    private void OnOtherService(OtherService other)
    {
        if (other.State == ServiceHealth.Stopping)
        {
            return;
        }

        var (instanceId, startedAt) = (other.InstanceId, other.StartedAt);

        // The one that came first stays: it may have commands under way. Equal times are told apart by the id.
        var otherWasFirst = startedAt < bus.StartedAt
            || (startedAt == bus.StartedAt && string.CompareOrdinal(instanceId, bus.InstanceId) < 0);
        if (otherWasFirst)
        {
            Logger.OtherServiceWasFirst(instanceId, startedAt, options.Value.Bus.Place);
            Environment.ExitCode = ExitCodes.OtherService;
            Lifetime.StopApplication();
        }
        else if (!_otherServiceJoined)
        {
            _otherServiceJoined = true;
            Logger.OtherServiceJoined(instanceId, options.Value.Bus.Place);
        }
    }

    private HealthReport Report(ServiceHealth state, List<string> reasons)
    {
        var counters = agent.Counters;
        var commands = agent.CommandCounters;
        return new HealthReport(
            state,
            standby is null ? reasons : [standby.Code, .. reasons],
            inbox.ReceivedUtterances,
            inbox.DroppedUtterances + counters.UtterancesDropped,
            counters.CommandsSent,
            commands.Rejected + commands.Failed + commands.Expired);
    }

    private List<string> Reasons()
    {
        var reasons = new List<string>();
        if (!model.IsAvailable)
        {
            reasons.Add("model_unavailable");
        }

        if (_otherServiceJoined)
        {
            reasons.Add("other_service_on_domain");
        }

        if (standby?.HasEqual == true)
        {
            reasons.Add(StandbyCode.EqualStrength);
        }

        if (commerce.DegradedReason is { } purchases)
        {
            reasons.Add(purchases);
        }

        reasons.AddRange(agent.DegradedReasons);
        reasons.AddRange(audit.DegradedReasons);
        reasons.AddRange(bus.Warnings.LastingCodes);
        return [.. reasons.Distinct(StringComparer.Ordinal)];
    }
}
