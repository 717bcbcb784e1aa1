using EcuAgent.Core.Agent;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Standby;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Service;

/// <summary>
/// What a service of a hot-standby pair does about its role: signs of life from the ingest thread, taking over what was said and not answered,
/// letting go. Only with <c>Standby:Role</c>.
/// </summary>
/// <remarks>The ingest thread gives the signs of life, so a service that does not see the car any more does not count as alive.</remarks>
internal sealed class StandbyDuty(
    StandbyRole role, StandbyOptions options, UtteranceLedger ledger, CockpitBus bus, AssistantAgent agent, Inbox inbox, ILogger<StandbyDuty> logger)
{
    private readonly Lock _gate = new();
    private string? _leader;
    private bool _isDue = true;

    /// <summary>Publishes the heartbeat; set by the health stage.</summary>
    public Action? Beat { get; set; }

    /// <summary>Whether this service leads at this instant.</summary>
    public bool MayAct => role.MayAct;

    /// <summary>Role and strength, for the heartbeat.</summary>
    public string Code => StandbyCode.Of(role.State, role.Strength);

    /// <summary>Whether the other service has the same strength.</summary>
    public bool HasEqual => role.HasEqual;

    /// <summary>One turn of the ingest thread; returns when the next one is wanted.</summary>
    public TimeSpan Turn()
    {
        lock (_gate)
        {
            var before = role.State;
            if (before == StandbyState.Left)
            {
                return TimeSpan.MaxValue;
            }

            if (_isDue || role.UntilNextTick == TimeSpan.Zero)
            {
                _isDue = false;
                var now = role.Tick(agent.IsQuiet(options.TakeBackAfter));
                if (before == StandbyState.Leading && now != StandbyState.Leading)
                {
                    // Before the others hear of it: whoever follows writes to topics that nobody holds.
                    bus.ReleaseOwnership();
                }

                bus.AssertLiveliness();
                Beat?.Invoke();
                if (now != before)
                {
                    OnChanged(now);
                }
            }

            return role.UntilNextTick;
        }
    }

    /// <summary>Takes in what the other service says of itself; false when it is none of a pair.</summary>
    public bool Heard(OtherService other)
    {
        if (StandbyCode.Find(other.Reasons) is not { } code)
        {
            return false;
        }

        var state = other.State == ServiceHealth.Stopping ? StandbyState.Left : code.State;
        _isDue |= role.Heard(new StandbyBeat(other.InstanceId, other.Number, state, code.Strength, other.State == ServiceHealth.Ok));
        if (role.Leader is { } leader && leader != _leader)
        {
            _leader = leader;
            logger.StandbyLeader(leader, leader == role.InstanceId ? role.Strength : code.Strength);
        }

        return true;
    }

    /// <summary>Notes what was said. True when it is to be carried out here and now.</summary>
    public bool Heard(Utterance utterance)
    {
        ledger.Heard(utterance);
        return role.MayAct;
    }

    public void Replied(string utteranceId) => ledger.Answered(utteranceId);

    public void Commanded(string utteranceId) => ledger.Commanded(utteranceId);

    /// <summary>Stops acting for good, so that the other service takes over at once.</summary>
    public void Leave(Action publishStopping)
    {
        lock (_gate)
        {
            role.Leave();
            bus.ReleaseOwnership();
            publishStopping();
        }
    }

    private void OnChanged(StandbyState state)
    {
        logger.StandbyChanged(state, role.Strength);
        if (state != StandbyState.Leading)
        {
            return;
        }

        var open = ledger.TakeOpen();
        if (open.Count > 0)
        {
            logger.UtterancesTakenOver(open.Count(u => u.TakeOver == UtteranceTakeOver.CarryOut), open.Count(u => u.TakeOver == UtteranceTakeOver.TellOnly));
        }

        foreach (var utterance in open)
        {
            inbox.TakeUp(utterance);
        }
    }
}
