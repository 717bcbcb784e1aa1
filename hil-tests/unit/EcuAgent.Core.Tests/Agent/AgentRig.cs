using EcuAgent.Core.Agent;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>A whole agent with real catalogue, gate, desk, queue, audit, tracker and vehicle state; only time, model and ports are given.</summary>
internal sealed class AgentRig : IDisposable
{
    internal static readonly ToolCatalogue Catalogue = ToolCatalogue.LoadEmbedded();

    private readonly string _folder = Directory.CreateTempSubdirectory("ecuagent-agent-").FullName;
    private uint _sequence;
    private ClimateSample _climate = new()
    {
        ClimateOn = true,
        FanLevel = 3,
        Airflow = AirflowDirection.Face,
        TargetTemperatureCelsius = new PerZone<double>(20, 20, 20, 20),
        CabinTemperatureCelsius = 23.5,
        AmbientTemperatureCelsius = 11,
    };
    private int _utterances;

    internal AgentRig(
        AgentOptions? options = null, ICommercePort? merchant = null, Core.Commands.CommandTrackerOptions? tracker = null, DeferralOptions? deferral = null,
        ILoggerFactory? loggers = null, Func<AgentServices, AgentServices>? set = null)
    {
        State = new VehicleState(Time, new VehicleStateOptions());
        Audit = AuditLog.Open(new AuditOptions { Directory = _folder, FlushToDisk = false }, Time, NullLogger<AuditLog>.Instance);
        var services = new AgentServices
        {
            Model = Model,
            Catalogue = Catalogue,
            Snapshot = State.TakeSnapshot,
            Policy = new PolicyHolder(PolicyLoader.LoadBundled("strict")),
            Confirmations = new ConfirmationDesk(Time, NullLogger<ConfirmationDesk>.Instance),
            Deferrals = new DeferralQueue(Time, deferral ?? new DeferralOptions(), NullLogger<DeferralQueue>.Instance),
            Audit = Audit,
            Commands = Ports,
            Places = Ports,
            Replies = Ports,
            Decisions = Ports,
            Orders = Ports,
            Purchases = merchant is null ? null : new PurchaseEngine(merchant, (IPaymentPort)merchant, Journal, new PurchaseOptions(), Time, NullLogger<PurchaseEngine>.Instance),
            CommandTracker = tracker ?? new(),
            Time = Time,
            Loggers = loggers ?? NullLoggerFactory.Instance,
        };
        Services = set?.Invoke(services) ?? services;
        Agent = new AssistantAgent(Services, options ?? new AgentOptions { ReadBackWait = TimeSpan.Zero });
        Ports.OnCommand = Obey;
    }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    internal MemoryJournal Journal { get; } = new();

    internal ScriptedModel Model { get; } = new();

    internal RecordingPorts Ports { get; } = new();

    internal VehicleState State { get; }

    internal AuditLog Audit { get; }

    internal string AuditFolder => _folder;

    internal AgentServices Services { get; }

    internal AssistantAgent Agent { get; }

    /// <summary>Temperature that the climate ECU does not go beyond.</summary>
    internal double HighestTemperature { get; set; } = 28;

    public void Dispose()
    {
        Agent.Dispose();
        Audit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Parks the car and keeps it so for some seconds.</summary>
    internal void Park(double seconds = 4) => Run(seconds, 0, GearPosition.Park, DrivingState.Parked);

    internal void Drive(double seconds = 1) => Run(seconds, 15, GearPosition.Drive, DrivingState.Moving);

    internal Utterance Said(string text, double confidence = 0.95, string language = "en", params string[] alternatives) => new()
    {
        UtteranceId = $"u-{++_utterances}",
        Text = text,
        AsrConfidence = confidence,
        Language = language,
        SpeakerZone = SpeakerZone.Driver,
        Alternatives = alternatives,
    };

    internal Task<TurnReport> SayAsync(string text, double confidence = 0.95, string language = "en", params string[] alternatives) =>
        Agent.HandleUtteranceAsync(Said(text, confidence, language, alternatives), CancellationToken.None);

    /// <summary>A route to a place, so long in time.</summary>
    internal void Route(GeoPoint to, double metres = 12_000, double seconds = 900) => State.Apply(new NavigationSample
    {
        Envelope = Envelope(),
        RouteActive = true,
        DestinationName = "Home",
        DestinationLatitudeDegrees = to.LatitudeDeg,
        DestinationLongitudeDegrees = to.LongitudeDeg,
        RemainingDistanceMeters = metres,
        RemainingTimeSeconds = seconds,
    });

    internal void At(GeoPoint car) => State.Apply(new LocationSample(Envelope(), car.LatitudeDeg, car.LongitudeDeg, 500, double.NaN, 5));

    /// <summary>What the cabin camera sees: the driver and those on these seats; the other seats that it reports are empty.</summary>
    internal void Seat(double confidence, bool seesRear, params CabinZone[] taken)
    {
        CabinZone[] zones = seesRear ? [CabinZone.Driver, CabinZone.Passenger, CabinZone.RearLeft, CabinZone.RearRight] : [CabinZone.Driver, CabinZone.Passenger];
        SeatOccupancy[] seats = [.. zones.Select(zone => new SeatOccupancy(zone, zone == CabinZone.Driver || taken.Contains(zone), true, false))];
        State.Apply(new CabinCameraSample(Envelope(), 1, false, 1, confidence, SeatList.Of(seats)));
    }

    internal Task ConfirmAsync(bool yes, double confidence = 0.95) =>
        Agent.OnConfirmationAsync(new ConfirmationAnswer(Ports.Replies[^1].OpenQuestionId, yes, SpeakerZone.Driver, confidence, InputChannel.Voice));

    /// <summary>An ECU that carries out at once: read-back first, then the outcome.</summary>
    internal CommandWriteResult Obey(VehicleCommand command)
    {
        // An ECU needs a moment, and two states of one instant would be one.
        Time.Advance(TimeSpan.FromMilliseconds(1));
        double? applied = null;
        if (command is HvacCommand hvac)
        {
            double degrees = Math.Min(hvac.TemperatureCelsius, HighestTemperature);
            if (hvac.Action == HvacAction.SetTemperature)
            {
                applied = degrees;
            }

            State.Apply(Climate(hvac, degrees));
        }
        else if (command is NavigationCommand navigation)
        {
            State.Apply(Navigation(navigation));
        }

        Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed, AppliedValue: applied));
        return CommandWriteResult.Written;
    }

    /// <summary>The climate ECU's state after a command, which keeps what the command does not change.</summary>
    internal ClimateSample Climate(HvacCommand command, double degrees)
    {
        int level = command.Level;
        ClimateSample next = _climate with { Envelope = Envelope(), LastCommandId = command.CommandId };
        return _climate = command.Action switch
        {
            HvacAction.SetTemperature or HvacAction.AdjustTemperature =>
                next with { TargetTemperatureCelsius = new PerZone<double>(degrees, degrees, degrees, degrees) },
            HvacAction.SetFan => next with { FanLevel = level },
            HvacAction.SetAirConditioning => next with { AirConditioningOn = command.On },
            HvacAction.SetRecirculation => next with { RecirculationOn = command.On },
            HvacAction.SetFrontDefrost => next with { FrontDefrostOn = command.On },
            HvacAction.SetRearDefrost => next with { RearDefrostOn = command.On },
            HvacAction.SetAirflow => next with { Airflow = command.Airflow },
            HvacAction.SetSeatHeating => next with { SeatHeatingLevel = new PerZone<int>(level, level, level, level) },
            _ => next,
        };
    }

    /// <summary>The navigation ECU's state after a command; a stop leaves the destination of a route as it is.</summary>
    internal NavigationSample Navigation(NavigationCommand command)
    {
        var isStop = command.Action == NavigationAction.AddStop;
        var keeps = isStop && State.TakeSnapshot().Navigation.TryGet(out var before) && before.RouteActive ? before : (NavigationSample?)null;
        return new NavigationSample
        {
            Envelope = Envelope(),
            LastCommandId = command.CommandId,
            RouteActive = command.Action != NavigationAction.Cancel,
            StopCount = isStop ? (keeps?.StopCount ?? 0) + 1 : 0,
            Avoidance = command.Avoidance,
            DestinationName = keeps?.DestinationName ?? command.DestinationName,
            DestinationLatitudeDegrees = keeps?.DestinationLatitudeDegrees ?? command.Position.LatitudeDeg,
            DestinationLongitudeDegrees = keeps?.DestinationLongitudeDegrees ?? command.Position.LongitudeDeg,
            RemainingDistanceMeters = 12_000,
            RemainingTimeSeconds = 900,
        };
    }

    internal SampleEnvelope Envelope() => new(
        default,
        (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * Units.NanosecondsPerTick,
        Time.GetTimestamp(),
        ++_sequence,
        SampleValidity.Valid);

    private void Run(double seconds, double speed, GearPosition gear, DrivingState expected)
    {
        for (int i = 0; i <= seconds * 10; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            State.Apply(new GearSample(Envelope(), gear));
            State.Apply(new SpeedSample(Envelope(), speed));
            State.Evaluate();
            Services.Deferrals.Observe(State.TakeSnapshot().Driving.State);
        }

        Assert.Equal(expected, State.TakeSnapshot().Driving.State);
    }
}
