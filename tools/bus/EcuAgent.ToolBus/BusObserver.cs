using System.Threading.Channels;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Dds.TypeSupport;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.ToolBus;

/// <summary>Listens to topics and hands what goes by to one reader, in the order of arrival.</summary>
/// <remarks>
/// The queue is bounded; when it is full the newest sample is dropped and counted, so that a slow screen never holds up a writer on
/// the bus. Whoever observes a command topic is a reader of it: a service can no longer tell by the match that the ECU is missing,
/// and the command then ends by its time-out.
/// </remarks>
public sealed class BusObserver : IDisposable
{
    private const int DefaultCapacity = 8192;

    private readonly VehicleParticipant _participant;
    private readonly TimeProvider _time;
    private readonly Channel<BusEvent> _queue;
    private readonly List<DdsReader> _readers = [];
    private long _dropped;

    /// <summary>Observes nothing yet.</summary>
    /// <param name="participant">Stays the caller's; dispose it after this.</param>
    /// <param name="time">Clock of the arrival times.</param>
    /// <param name="capacity">Most samples that wait to be read.</param>
    public BusObserver(VehicleParticipant participant, TimeProvider time, int capacity = DefaultCapacity)
    {
        _participant = participant;
        _time = time;
        _queue = Channel.CreateBounded<BusEvent>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>What went by. Ends when the observer is disposed.</summary>
    public ChannelReader<BusEvent> Events => _queue.Reader;

    /// <summary>Samples that found the queue full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>True when at least one writer of an observed topic is on the bus.</summary>
    public bool HasPeer => _readers.Exists(r => r.MatchedCount > 0);

    /// <summary>Adds a topic.</summary>
    /// <returns>Its reader, for the match count; taking samples from it is the observer's.</returns>
    /// <exception cref="DdsException">The reader cannot be opened.</exception>
    public DdsReader<T> Observe<T>()
        where T : unmanaged, IDdsType<T>
    {
        var topic = T.Descriptor.TypeName[(T.Descriptor.TypeName.LastIndexOf(':') + 1)..];
        var reader = _participant.OpenReader<T>(r =>
        {
            while (r.TryTake(out var sample, out var info))
            {
                if (!info.ValidData && info.InstanceState == DdsInstanceState.Alive)
                {
                    continue;
                }

                if (!_queue.Writer.TryWrite(new BusSample<T>(topic, _time.GetUtcNow(), !info.ValidData, sample)))
                {
                    Interlocked.Increment(ref _dropped);
                }
            }
        });
        _readers.Add(reader);
        return reader;
    }

    /// <summary>Adds speed, gear, parking brake and position: what a drive is made of.</summary>
    public BusObserver ObserveDrive()
    {
        Observe<V1.VehicleSpeed>();
        Observe<V1.Gear>();
        Observe<V1.ParkingBrake>();
        Observe<V1.Location>();
        return this;
    }

    /// <summary>Adds every signal of the car and what the actuator ECUs report.</summary>
    public BusObserver ObserveSignals()
    {
        ObserveDrive();
        Observe<V1.PowerMode>();
        Observe<V1.Energy>();
        Observe<V1.CabinCameraEvent>();
        Observe<V1.ClimateState>();
        Observe<V1.NavigationState>();
        return this;
    }

    /// <summary>Adds what the service decides, commands and says, and what the ECUs answer.</summary>
    public BusObserver ObserveService()
    {
        Observe<V1.GateStatus>();
        Observe<V1.AgentHealth>();
        Observe<V1.Decision>();
        Observe<V1.HvacCommand>();
        Observe<V1.NavigationCommand>();
        Observe<V1.CommandOutcome>();
        Observe<V1.AssistantReply>();
        Observe<V1.OrderStatus>();
        Observe<V1.ParcelStatus>();
        return this;
    }

    /// <summary>Adds what the occupants say and the questions about places.</summary>
    public BusObserver ObserveOccupants()
    {
        Observe<V1.Utterance>();
        Observe<V1.Confirmation>();
        Observe<V1.PlaceQuery>();
        Observe<V1.PlaceResults>();
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }

        _queue.Writer.TryComplete();
    }
}
