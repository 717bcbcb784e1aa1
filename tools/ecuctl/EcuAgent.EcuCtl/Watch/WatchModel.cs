using System.Globalization;
using EcuAgent.Core.Standby;
using EcuAgent.EcuCtl.Output;
using EcuAgent.Signals;
using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Watch;

/// <summary>What <c>watch</c> shows: the newest of each signal and the last few of the rest. Not thread-safe.</summary>
internal sealed class WatchModel
{
    private const int MostSignals = 64;
    private const int MostLines = 8;
    private const int MostServices = 4;
    private const long NanosecondsPerTick = 100;

    private static readonly VehicleStateOptions Limits = new();
    private static readonly TimeSpan HealthSilence = TimeSpan.FromSeconds(3);

    private readonly SortedDictionary<(string Topic, string Source), SignalRow> _signals = [];
    private readonly List<HealthLine> _health = [];
    private readonly List<CommandRow> _commands = [];
    private string _noHealth = "no service seen";
    private readonly Queue<TimedLine> _decisions = new();
    private readonly Queue<TimedLine> _speech = new();

    public IReadOnlyCollection<SignalRow> Signals => _signals.Values;

    public IReadOnlyList<CommandRow> Commands => _commands;

    public IReadOnlyCollection<TimedLine> Decisions => _decisions;

    public IReadOnlyCollection<TimedLine> Speech => _speech;

    public string DrivingState { get; private set; } = "no service seen";

    /// <summary>One line for each service; of a hot-standby pair the one that leads comes first.</summary>
    public string Health => _health.Count == 0 ? _noHealth : string.Join('\n', _health.OrderByDescending(h => h.Leads).Select(h => h.Text));

    public void Add(BusEvent value)
    {
        switch (value)
        {
            case BusSample<V1.VehicleSpeed> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.Driving.SpeedMaxAge, $"{s.SpeedMps:0.00} m/s ({Units.MetersPerSecondToKilometersPerHour(s.SpeedMps):0.0} km/h)");
                break;
            case BusSample<V1.Gear> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.Driving.GearMaxAge, $"{EventText.Name(s.Position)}");
                break;
            case BusSample<V1.ParkingBrake> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.Driving.ParkingBrakeMaxAge, $"{(s.Engaged ? "on" : "off")}");
                break;
            case BusSample<V1.PowerMode> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.PowerModeMaxAge, $"{EventText.Name(s.Mode)}");
                break;
            case BusSample<V1.Location> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.LocationMaxAge, $"{s.LatitudeDeg:0.00000}, {s.LongitudeDeg:0.00000}");
                break;
            case BusSample<V1.Energy> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.EnergyMaxAge, $"{Known("charge ", s.StateOfChargePercent, " % ")}{Known("fuel ", s.FuelLevelPercent, " % ")}{Known("range ", s.RangeM / 1000, " km")}");
                break;
            case BusSample<V1.CabinCameraEvent> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.CabinCameraMaxAge, $"drowsiness {s.DrowsinessKss}, {Known("attention ", s.AttentionProbability, ", ")}{s.SeatCount} seats");
                break;
            case BusSample<V1.ClimateState> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.ClimateMaxAge, $"{(s.ClimateOn ? "on" : "off")}, driver {s.TargetTemperatureCelsius[0]:0.#} C, passenger {s.TargetTemperatureCelsius[1]:0.#} C, fan {s.FanLevel}");
                break;
            case BusSample<V1.NavigationState> { Sample: var s }:
                Signal(value, s.Source.ToString(), s.SourceTimeNs, s.Validity, Limits.NavigationMaxAge, s.RouteActive ? (FormattableString)$"to {EventText.Printable(s.DestinationName.ToString())}, {s.RemainingDistanceM / 1000:0.0} km" : $"no route");
                break;
            default:
                AddDialogue(value);
                break;
        }
    }

    private void AddDialogue(BusEvent value)
    {
        switch (value)
        {
            case BusSample<V1.GateStatus> { Sample: var s }:
                DrivingState = value.IsGone
                    ? "service gone"
                    : $"{EventText.Name(s.DrivingState)}{(s.Reasons.IsEmpty ? "" : $" ({EventText.Printable(s.Reasons.ToString())})")}, policy {EventText.Printable(s.PolicyProfile.ToString())}";
                break;
            case BusSample<V1.AgentHealth> { Sample: var s }:
                HealthOf(value, s);
                break;
            case { IsGone: true }:
                break;
            case BusSample<V1.Decision> { Sample: var d }:
                Keep(_decisions, value, EventText.Describe(d));
                break;
            case BusSample<V1.HvacCommand> { Sample: var c }:
                Command(value, c.CommandId.ToString(), EventText.Describe(c));
                break;
            case BusSample<V1.NavigationCommand> { Sample: var c }:
                Command(value, c.CommandId.ToString(), EventText.Describe(c));
                break;
            case BusSample<V1.CommandOutcome> { Sample: var o }:
                Outcome(value, o.CommandId.ToString(), EventText.Describe(o));
                break;
            case BusSample<V1.Utterance> { Sample: var u }:
                Keep(_speech, value, $"{EventText.Name(u.SpeakerZone)}: {EventText.Printable(u.Text.ToString())}");
                break;
            case BusSample<V1.AssistantReply> { Sample: var r }:
                Keep(_speech, value, $"car: {EventText.Describe(r)}");
                break;
        }
    }

    private void HealthOf(BusEvent value, in V1.AgentHealth s)
    {
        // Both services of a pair write one instance, so its end says nothing of which one is left; the next heartbeat does.
        var instance = s.InstanceId.ToString();
        _health.RemoveAll(h => value.IsGone || h.Instance == instance || value.ReceivedAt - h.At > HealthSilence);
        _noHealth = "service gone";
        if (value.IsGone)
        {
            return;
        }

        var reasons = s.DegradedReasons.ToString();
        var role = StandbyCode.Find(reasons);
        _health.Add(new HealthLine(
            instance,
            value.ReceivedAt,
            role?.State == StandbyState.Leading,
            $"{EventText.Name(s.State)}{(reasons.Length == 0 ? "" : $" ({EventText.Printable(reasons)})")}, samples {s.SamplesReceived}, rejected {s.SamplesRejected}, lost {s.SamplesLost}, utterances {s.UtterancesReceived}, commands {s.CommandsSent}, failed {s.CommandsFailed}"));
        if (_health.Count > MostServices)
        {
            _health.RemoveAt(0);
        }
    }

    private void Signal(BusEvent value, string source, long sourceTimeNs, V1.Validity validity, TimeSpan maximumAge, FormattableString text)
    {
        source = EventText.Printable(source);
        var key = (value.Topic, source);
        if (value.IsGone)
        {
            if (_signals.TryGetValue(key, out var row))
            {
                _signals[key] = row with { Validity = SignalRow.Gone };
            }

            return;
        }

        // Source names come from the bus: a peer that invents new ones must not fill the memory.
        if (_signals.Count >= MostSignals && !_signals.ContainsKey(key))
        {
            return;
        }

        _signals[key] = new SignalRow(value.Topic, source, text.ToString(CultureInfo.InvariantCulture), Time(sourceTimeNs), EventText.Name(validity), maximumAge);
    }

    private void Command(BusEvent value, string commandId, string text)
    {
        var early = _commands.FindIndex(c => c.CommandId == commandId);
        if (early >= 0)
        {
            _commands[early] = _commands[early] with { Text = text };
            return;
        }

        _commands.Add(new CommandRow(value.ReceivedAt, commandId, text, "open"));
        Trim();
    }

    private void Outcome(BusEvent value, string commandId, string text)
    {
        var index = _commands.FindIndex(c => c.CommandId == commandId);
        if (index >= 0)
        {
            _commands[index] = _commands[index] with { Outcome = text };
            return;
        }

        _commands.Add(new CommandRow(value.ReceivedAt, commandId, "(not seen)", text));
        Trim();
    }

    private void Trim()
    {
        if (_commands.Count > MostLines)
        {
            _commands.RemoveAt(0);
        }
    }

    private static void Keep(Queue<TimedLine> lines, BusEvent value, string text)
    {
        lines.Enqueue(new TimedLine(value.ReceivedAt, text));
        if (lines.Count > MostLines)
        {
            lines.Dequeue();
        }
    }

    private static FormattableString Known(string lead, double value, string unit) =>
        double.IsFinite(value) ? (FormattableString)$"{lead}{value:0.##}{unit}" : $"";

    // Any number can come off the wire; what is no time of this world is shown as very old.
    private static DateTimeOffset Time(long unixNanoseconds)
    {
        var ticks = Math.Max(unixNanoseconds, 0) / NanosecondsPerTick;
        return DateTimeOffset.UnixEpoch.AddTicks(Math.Min(ticks, (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks));
    }

    private sealed record HealthLine(string Instance, DateTimeOffset At, bool Leads, string Text);
}
