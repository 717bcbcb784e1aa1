using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Signals;
using EcuAgent.ToolBus;

namespace EcuAgent.DemoRun;

/// <summary>The demo's own seat on the bus: sees everything, speaks for the occupants, and lets others wait for what is seen.</summary>
internal sealed class BusView : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(Func<Observation, bool> Seen, TaskCompletionSource Done)> _waits = [];
    private readonly VehicleParticipant _participant;
    private readonly BusObserver _observer;
    private readonly Occupant _occupant;
    private readonly Observation _observation = new();
    private readonly SignalStory _story;
    private readonly Timeline _timeline;
    private readonly TimeProvider _time;
    private readonly Task _pump;

    /// <summary>Joins the domain on loopback.</summary>
    /// <exception cref="EcuAgent.CycloneDds.DdsLibraryException">libddsc is missing or of another version.</exception>
    /// <exception cref="EcuAgent.CycloneDds.DdsException">The domain cannot be joined.</exception>
    public BusView(int domain, Timeline timeline, TimeProvider time)
    {
        _timeline = timeline;
        _time = time;
        _story = new SignalStory(timeline);
        _participant = ToolParticipant.Join(domain, name: "demo");
        _occupant = new Occupant(_participant, time);
        _observer = new BusObserver(_participant, time).ObserveService().ObserveSignals();
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>Samples that were lost because the demo was too slow; promises that look at all samples need 0.</summary>
    public long Dropped => _observer.Dropped;

    /// <summary>Reads something from what was seen.</summary>
    public T Read<T>(Func<Observation, T> read)
    {
        lock (_gate)
        {
            return read(_observation);
        }
    }

    /// <summary>Waits until something is seen; looks at what was seen already first.</summary>
    /// <returns>False when the time passed.</returns>
    public async Task<bool> WaitAsync(Func<Observation, bool> seen, TimeSpan within, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (seen(_observation))
            {
                return true;
            }

            _waits.Add((seen, done));
        }

        try
        {
            await done.Task.WaitAsync(within, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (_gate)
            {
                _waits.RemoveAll(w => w.Done == done);
            }
        }
    }

    /// <summary>Completes when a service listens to speech and to answers.</summary>
    public async Task WaitForListenerAsync(CancellationToken cancellationToken)
    {
        await _occupant.WaitForListenerAsync(cancellationToken);
        await _occupant.WaitForAnswerListenerAsync(cancellationToken);
    }

    /// <summary>Says something; everything that carries its id is collected from then on.</summary>
    public Exchange Say(string text, CabinZone zone, double confidence)
    {
        lock (_gate)
        {
            // Under the lock, so that no reply is looked at before the exchange is known.
            var saidAt = _time.GetUtcNow();
            var id = _occupant.Say(new Spoken { Text = text, Zone = zone, Confidence = confidence });
            return _observation.Begin(id, saidAt);
        }
    }

    public void Answer(string questionId, bool yes, CabinZone zone) => _occupant.Answer(questionId, yes, zone);

    public async ValueTask DisposeAsync()
    {
        _observer.Dispose();
        await _pump;
        _occupant.Dispose();
        _participant.Dispose();
    }

    private async Task PumpAsync()
    {
        await foreach (var value in _observer.Events.ReadAllAsync())
        {
            _story.Tell(value);
            lock (_gate)
            {
                // Printed under the lock: what somebody waits for stands on the time line before that somebody goes on.
                if (_observation.Take(value) is { } line)
                {
                    _timeline.Print(line.Kind, line.Text);
                }

                foreach (var (seen, done) in _waits)
                {
                    if (seen(_observation))
                    {
                        done.TrySetResult();
                    }
                }
            }
        }
    }
}
