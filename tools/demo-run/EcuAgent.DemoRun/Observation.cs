using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>What was seen on the bus so far. Not thread-safe: the bus view guards it.</summary>
internal sealed class Observation
{
    private readonly Dictionary<string, Exchange> _exchanges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, V1.CommandOutcome> _outcomes = new(StringComparer.Ordinal);

    /// <summary>The service's driving state now; Unknown while there is no service.</summary>
    public V1.DrivingState State { get; private set; }

    /// <summary>Every state entered, in order.</summary>
    public List<StateEntry> States { get; } = [];

    /// <summary>Every change of the parking brake, in order.</summary>
    public List<BrakeChange> BrakeChanges { get; } = [];

    /// <summary>Every gear that was selected, in order.</summary>
    public List<V1.GearPosition> Gears { get; } = [];

    public double? SpeedMetersPerSecond { get; private set; }

    public double? LatitudeDegrees { get; private set; }

    public V1.AgentHealth? Health { get; private set; }

    public V1.ClimateState? Climate { get; private set; }

    public V1.NavigationState? Navigation { get; private set; }

    /// <summary>Every report about an order, in order.</summary>
    public List<V1.OrderStatus> Orders { get; } = [];

    /// <summary>Replies that answer no utterance: the service speaks on its own account.</summary>
    public List<V1.AssistantReply> OwnReplies { get; } = [];

    public int Commands { get; private set; }

    public int Completed { get; private set; }

    public int Deferred { get; private set; }

    public int Questions { get; private set; }

    public IEnumerable<Exchange> Exchanges => _exchanges.Values;

    public Exchange Begin(string utteranceId, DateTimeOffset saidAt)
    {
        var exchange = new Exchange(utteranceId, saidAt);
        _exchanges.Add(utteranceId, exchange);
        return exchange;
    }

    public V1.CommandOutcome? OutcomeOf(string commandId) => _outcomes.TryGetValue(commandId, out var outcome) ? outcome : null;

    public bool IsCompleted(string commandId) => OutcomeOf(commandId) is { Kind: V1.OutcomeKind.Completed };

    /// <summary>Takes an event in.</summary>
    /// <returns>What the time line shows of it, or null.</returns>
    public (EventKind Kind, string Text)? Take(BusEvent value)
    {
        switch (value)
        {
            case BusSample<V1.GateStatus> { IsGone: true }:
                State = V1.DrivingState.Unknown;
                return null;
            case BusSample<V1.GateStatus> { Sample: var s }:
                return TakeState(s);
            case BusSample<V1.AgentHealth> { Sample: var s, IsGone: var gone }:
                Health = gone ? null : s;
                return null;
            case BusSample<V1.VehicleSpeed> { Sample: var s, IsGone: var gone }:
                SpeedMetersPerSecond = gone ? null : s.SpeedMps;
                return null;
            case BusSample<V1.Gear> { IsGone: false, Sample: var s }:
                if (Gears.Count == 0 || Gears[^1] != s.Position)
                {
                    Gears.Add(s.Position);
                }

                return null;
            case BusSample<V1.ParkingBrake> { IsGone: false, Sample: var s }:
                if (BrakeChanges.Count == 0 || BrakeChanges[^1].Engaged != s.Engaged)
                {
                    BrakeChanges.Add(new BrakeChange(s.Engaged, s.SourceTimeNs));
                }

                return null;
            case BusSample<V1.Location> { IsGone: false, Sample: var s }:
                LatitudeDegrees = s.LatitudeDeg;
                return null;
            case BusSample<V1.ClimateState> { IsGone: false, Sample: var s }:
                Climate = s;
                return null;
            case BusSample<V1.NavigationState> { IsGone: false, Sample: var s }:
                Navigation = s;
                return null;
            case BusSample<V1.Decision> { IsGone: false, Sample: var s }:
                Deferred += s.Kind == V1.DecisionKind.Defer ? 1 : 0;
                Find(s.UtteranceId.ToString())?.Decisions.Add(s);
                return (EventKind.Decision, Wording.Of(s));
            case BusSample<V1.HvacCommand> { IsGone: false, Sample: var s, ReceivedAt: var at }:
                Command(s.UtteranceId.ToString(), s.CommandId.ToString(), at)?.Hvac.Add(new HvacStep(s.CommandId.ToString(), s));
                return (EventKind.Command, Wording.Of(s));
            case BusSample<V1.NavigationCommand> { IsGone: false, Sample: var s, ReceivedAt: var at }:
                Command(s.UtteranceId.ToString(), s.CommandId.ToString(), at)?.Navigation.Add(new NavigationStep(s.CommandId.ToString(), s));
                return (EventKind.Command, Wording.Of(s));
            case BusSample<V1.CommandOutcome> { IsGone: false, Sample: var s }:
                Completed += s.Kind == V1.OutcomeKind.Completed && !IsCompleted(s.CommandId.ToString()) ? 1 : 0;
                _outcomes[s.CommandId.ToString()] = s;
                return (EventKind.Outcome, Wording.Of(s));
            case BusSample<V1.AssistantReply> { IsGone: false, Sample: var s }:
                Questions += s.OpenQuestionId.IsEmpty ? 0 : 1;
                (Find(s.UtteranceId.ToString())?.Replies ?? OwnReplies).Add(s);
                return (EventKind.Reply, Wording.Of(s));
            case BusSample<V1.OrderStatus> { IsGone: false, Sample: var s }:
                Orders.Add(s);
                return (EventKind.Order, Wording.Of(s));
            default:
                return null;
        }
    }

    private (EventKind Kind, string Text)? TakeState(in V1.GateStatus status)
    {
        if (States.Count > 0 && State == status.DrivingState)
        {
            return null;
        }

        State = status.DrivingState;
        States.Add(new StateEntry(State, status.SourceTimeNs));
        return (EventKind.State, Wording.Of(status));
    }

    private Exchange? Command(string utteranceId, string commandId, DateTimeOffset at)
    {
        Commands++;
        var exchange = Find(utteranceId);
        if (exchange is not null)
        {
            exchange.CommandIds.Add(commandId);
            exchange.FirstCommandAfter ??= at - exchange.SaidAt;
        }

        return exchange;
    }

    private Exchange? Find(string utteranceId) => _exchanges.GetValueOrDefault(utteranceId);
}
