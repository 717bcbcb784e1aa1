using EcuAgent.Dds.TypeSupport;
using EcuAgent.Signals;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>The service's side of the wire contract on Cyclone DDS.</summary>
/// <remarks>
/// The queue before the ingest thread is the readers' history, bounded by the QoS of each topic; what is lost there is counted in
/// <see cref="SamplesLost"/>. The wait set is level-triggered, so nothing is missed between two waits.
/// </remarks>
public sealed class DdsLink : IBusLink
{
    private const int BatchSize = 16;

    private readonly VehicleParticipant _participant;
    private readonly ILogger _logger;
    private readonly DdsWaitSet _waitSet;
    private readonly List<DdsReader> _readers = [];
    private readonly List<Action> _drains = [];
    private int[] _tokens = [];

    /// <summary>Joins the bus.</summary>
    /// <param name="options">Where to join.</param>
    /// <param name="logger">Log of the bus.</param>
    /// <param name="warnings">Takes every warning of the bus.</param>
    /// <param name="pair">Where this service is one of a hot-standby pair: with which strength it writes.</param>
    /// <exception cref="DdsLibraryException">libddsc is missing or of another version.</exception>
    /// <exception cref="DdsException">The domain cannot be joined.</exception>
    public DdsLink(CockpitBusOptions options, ILogger logger, BusWarnings warnings, PairOwnership? pair = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(warnings);
        _logger = logger;
        _participant = new VehicleParticipant(options.ToParticipantOptions(), logger, warnings.Add, pair);
        _waitSet = _participant.Participant.CreateWaitSet();
    }

    /// <summary>Joins with DDS alone.</summary>
    /// <inheritdoc cref="DdsLink(CockpitBusOptions, ILogger, BusWarnings, PairOwnership?)"/>
    /// <inheritdoc cref="CockpitBus(CockpitBusSettings, VehicleState, TimeProvider, ILogger{CockpitBus}, BusWarnings, IBusLink, IReadOnlyList{IAnnouncingLink})"/>
    public static CockpitBus Join(
        CockpitBusOptions options, VehicleState state, TimeProvider time, ILogger<CockpitBus> logger, CockpitBusSettings settings, PairOwnership? pair = null)
    {
        var warnings = new BusWarnings();
        return new CockpitBus(settings, state, time, logger, warnings, new DdsLink(options, logger, warnings, pair));
    }

    /// <inheritdoc/>
    public long SamplesRejected => DdsLibrary.MalformedDropped;

    /// <inheritdoc/>
    public long SamplesLost => _readers.Sum(r => (long)r.SamplesLost);

    /// <inheritdoc/>
    public ITopicWriter<T> OpenWriter<T>()
        where T : unmanaged, IDdsType<T>, ISomeIpType<T> => new DdsTopicWriter<T>(_participant.OpenWriter<T>(), _logger);

    /// <inheritdoc/>
    public void OpenReader<T>(IncomingTopic<T> topic)
        where T : unmanaged, IDdsType<T>, ISomeIpType<T>
    {
        ArgumentNullException.ThrowIfNull(topic);
        var reader = _participant.OpenReader<T>(depth: topic.Depth);
        var samples = new T[BatchSize];
        var infos = new DdsSampleInfo[BatchSize];
        _waitSet.Attach(reader, _drains.Count);
        _readers.Add(reader);
        _drains.Add(() =>
        {
            var count = reader.Take(samples, infos);
            for (var i = 0; i < count; i++)
            {
                if (infos[i].ValidData)
                {
                    topic.Take(in samples[i], E2eStatus.NotUsed);
                }
                else if (infos[i].InstanceState != DdsInstanceState.Alive)
                {
                    topic.SourceGone(in samples[i]);
                }
            }
        });
    }

    /// <summary>Nothing to do: a reader or writer is seen as soon as it is open.</summary>
    public void Start() => _tokens = new int[_drains.Count];

    /// <inheritdoc/>
    public bool WaitAndTake(TimeSpan longest)
    {
        switch (_waitSet.Wait(longest, _tokens, out var ready))
        {
            case DdsWaitOutcome.Ready:
                for (var i = 0; i < ready; i++)
                {
                    _drains[_tokens[i]]();
                }

                break;
            case DdsWaitOutcome.Disposed:
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Wake() => _waitSet.Wake();

    /// <inheritdoc/>
    public void AssertLiveliness() => _participant.Participant.AssertLiveliness();

    /// <inheritdoc/>
    public void Dispose() => _participant.Dispose();
}
