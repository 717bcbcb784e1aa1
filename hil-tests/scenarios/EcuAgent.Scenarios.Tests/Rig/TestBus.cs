using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Signals;
using EcuAgent.ToolBus;

namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>The test's own participant: drives the car, speaks, and records everything that the service and the ECUs write.</summary>
/// <remarks>It reads the command topics, so for the service there is always somebody to command.</remarks>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly BusObserver _observer;
    private readonly Task _recording;
    private readonly List<BusEvent> _events = [];
    private readonly List<(Func<BusEvent, bool> Match, TaskCompletionSource<BusEvent> Found)> _waiters = [];

    public TestBus(int domain, bool isPair = false, string networkInterface = "lo", IReadOnlyList<string>? peers = null)
    {
        Participant = ToolParticipant.Join(domain, networkInterface, "scenario", isPair: isPair, peers: peers);
        Car = new SignalPublisher(Participant, TimeProvider.System);
        Occupant = new Occupant(Participant, TimeProvider.System);
        _observer = new BusObserver(Participant, TimeProvider.System).ObserveService();
        _observer.Observe<V1.ClimateState>();
        _observer.Observe<V1.NavigationState>();
        _recording = Task.Run(RecordAsync);
    }

    public VehicleParticipant Participant { get; }

    public SignalPublisher Car { get; }

    public Occupant Occupant { get; }

    /// <summary>Where the record stands; what comes later has this place or a higher one.</summary>
    public int Mark
    {
        get
        {
            lock (_events)
            {
                return _events.Count;
            }
        }
    }

    public async Task WaitForServiceAsync()
    {
        using var watchdog = new CancellationTokenSource(Domains.Watchdog);
        await Car.WaitForReaderAsync(watchdog.Token);
        await Occupant.WaitForListenerAsync(watchdog.Token);
        await Occupant.WaitForAnswerListenerAsync(watchdog.Token);
        await NextAsync<V1.AgentHealth>(_ => true);
        await NextAsync<V1.GateStatus>(_ => true);
    }

    /// <summary>Recorded samples of a type from a place on.</summary>
    public IReadOnlyList<T> Since<T>(int mark)
        where T : unmanaged
    {
        lock (_events)
        {
            return [.. _events.Skip(mark).OfType<BusSample<T>>().Where(e => !e.IsGone).Select(e => e.Sample)];
        }
    }

    /// <summary>The first sample from a place on that fits, waiting for it where it has not come yet.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool> match, int mark = 0)
        where T : unmanaged => (await NextEventAsync(match, mark)).Sample;

    /// <summary>Like <see cref="NextAsync"/>, with the time of arrival.</summary>
    public Task<BusSample<T>> NextEventAsync<T>(Func<T, bool> match, int mark = 0)
        where T : unmanaged => FindAsync<T>(e => !e.IsGone && match(e.Sample), $"no such {typeof(T).Name} came", mark);

    /// <summary>Completes when nobody on the bus writes a topic any more that somebody wrote.</summary>
    public Task GoneAsync<T>(int mark = 0)
        where T : unmanaged => FindAsync<T>(e => e.IsGone, $"{typeof(T).Name} did not go", mark);

    /// <summary>Waits until the service's newest word on the driving state is this one.</summary>
    public async Task<BusSample<V1.GateStatus>> StateAsync(V1.DrivingState state)
    {
        int mark;
        lock (_events)
        {
            var last = _events.FindLastIndex(e => e is BusSample<V1.GateStatus> { IsGone: false });
            mark = Math.Max(last, 0);
        }

        return await NextEventAsync<V1.GateStatus>(s => s.DrivingState == state, mark);
    }

    public async Task ParkAsync()
    {
        Car.SetPowerMode(PowerModeKind.On);
        Car.SetSpeed(0);
        Car.SetParkingBrake(true);
        Car.SetGear(GearPosition.Park);
        await StateAsync(V1.DrivingState.Parked);
    }

    public async Task DriveAsync()
    {
        Car.SetPowerMode(PowerModeKind.On);
        Car.SetParkingBrake(false);
        Car.SetGear(GearPosition.Drive);
        Car.SetSpeed(14);
        await StateAsync(V1.DrivingState.Moving);
    }

    /// <summary>Says something and waits for the reply to it.</summary>
    public async Task<Turn> AskAsync(string text, double confidence = 0.95)
    {
        var mark = Mark;
        var id = Occupant.Say(new Spoken { Text = text, Confidence = confidence });
        return new Turn(id, mark, await NextAsync<V1.AssistantReply>(r => r.UtteranceId.ToString() == id, mark));
    }

    public async ValueTask DisposeAsync()
    {
        await Car.DisposeAsync();
        Occupant.Dispose();
        _observer.Dispose();
        await _recording.WaitAsync(Domains.Watchdog);
        Participant.Dispose();
    }

    /// <summary>What the service said and did from a place on, for the message of a failed test.</summary>
    public string Story(int mark = 0)
    {
        lock (_events)
        {
            return "on the bus since then:\n" + string.Join('\n', _events.Skip(mark).Select(Line).OfType<string>());
        }
    }

    private async Task<BusSample<T>> FindAsync<T>(Func<BusSample<T>, bool> match, string otherwise, int mark)
        where T : unmanaged
    {
        bool Fits(BusEvent e) => e is BusSample<T> sample && match(sample);
        var found = new TaskCompletionSource<BusEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_events)
        {
            if (_events.Skip(mark).FirstOrDefault(Fits) is { } known)
            {
                return (BusSample<T>)known;
            }

            _waiters.Add((Fits, found));
        }

        try
        {
            return (BusSample<T>)await found.Task.WaitAsync(Domains.Watchdog);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{otherwise}; {Story(mark)}");
        }
    }

    private static string? Line(BusEvent e) => e switch
    {
        { IsGone: true } => $"{e.Topic} gone",
        BusSample<V1.GateStatus> g => $"GateStatus {g.Sample.DrivingState} {g.Sample.Reasons}",
        BusSample<V1.AssistantReply> r => $"AssistantReply '{r.Sample.Text}' question '{r.Sample.OpenQuestionId}'",
        BusSample<V1.Decision> d => $"Decision {d.Sample.Tool} {d.Sample.Kind} {d.Sample.Reason}",
        BusSample<V1.HvacCommand> h => $"HvacCommand {h.Sample.Action} {h.Sample.CommandId}",
        BusSample<V1.NavigationCommand> n => $"NavigationCommand {n.Sample.Action} {n.Sample.DestinationName}",
        BusSample<V1.CommandOutcome> o => $"CommandOutcome {o.Sample.CommandId} {o.Sample.Kind} {o.Sample.Reason}",
        BusSample<V1.OrderStatus> o => $"OrderStatus {o.Sample.State} {o.Sample.Reason}",
        BusSample<V1.AgentHealth> h => $"AgentHealth {h.Sample.State} {h.Sample.DegradedReasons}",
        _ => null,
    };

    private async Task RecordAsync()
    {
        await foreach (var e in _observer.Events.ReadAllAsync())
        {
            lock (_events)
            {
                _events.Add(e);
                foreach (var (match, found) in _waiters)
                {
                    if (!found.Task.IsCompleted && match(e))
                    {
                        found.TrySetResult(e);
                    }
                }

                _waiters.RemoveAll(w => w.Found.Task.IsCompleted);
            }
        }
    }
}
