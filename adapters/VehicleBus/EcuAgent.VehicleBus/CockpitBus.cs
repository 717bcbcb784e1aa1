using EcuAgent.Core.Ports;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.Signals;
using EcuAgent.SomeIp.TypeSupport;
using Microsoft.Extensions.Logging;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.VehicleBus;

/// <summary>The service's side of the wire contract on one or several buses: implements its ports and feeds its picture of the car.</summary>
/// <remarks>
/// Writers may be used from any thread. <see cref="Ingest"/> runs on one thread of its own, whatever the number of buses. What is
/// published goes to every bus. A command goes to the first bus on which its ECU is, in the order in which the buses are given, and
/// to none when there is no ECU: nothing is kept for later.
/// </remarks>
public sealed class CockpitBus : ICommandPort, IPlacePort, IReplyPort, IDecisionPort, IOrderStatusPort, IDisposable
{
    private readonly IBusLink[] _links;
    private readonly TimeProvider _time;
    private readonly Func<bool>? _mayAct;
    private readonly Idl.BoundedString32 _source;
    private readonly PlaceRequestTable _placeRequests;
    private readonly SequencedWriter<V1.HvacCommand> _hvac;
    private readonly SequencedWriter<V1.NavigationCommand> _navigation;
    private readonly SequencedWriter<V1.PlaceQuery> _places;
    private readonly SequencedWriter<V1.AssistantReply> _replies;
    private readonly SequencedWriter<V1.Decision> _decisions;
    private readonly SequencedWriter<V1.OrderStatus> _orders;
    private readonly SequencedWriter<V1.ParcelStatus> _parcels;
    private readonly SequencedWriter<V1.GateStatus> _gate;
    private readonly SequencedWriter<V1.AgentHealth> _health;
    private DrivingReasons _reasonsInText;
    private Idl.BoundedString128 _reasonsText;

    /// <summary>Opens every writer and reader of the contract on every bus.</summary>
    /// <param name="settings">Who this service is.</param>
    /// <param name="state">The picture of the car that the samples go into.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Log of the bus.</param>
    /// <param name="warnings">The warnings of all buses.</param>
    /// <param name="link">The bus that the ingest thread waits for. Every bus is disposed with this.</param>
    /// <param name="more">Buses beside it.</param>
    public CockpitBus(
        CockpitBusSettings settings,
        VehicleState state,
        TimeProvider time,
        ILogger<CockpitBus> logger,
        BusWarnings warnings,
        IBusLink link,
        params IReadOnlyList<IAnnouncingLink> more)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(link);
        _links = [link, .. more];
        _time = time;
        _mayAct = settings.MayAct;
        IsOfPair = settings.IsOfPair;
        Warnings = warnings;
        InstanceId = settings.InstanceId;
        StartedAt = time.GetUtcNow();
        _placeRequests = new PlaceRequestTable(time);
        try
        {
            _source = Idl.BoundedString32.From(settings.Source);
            _hvac = Writer<V1.HvacCommand>();
            _navigation = Writer<V1.NavigationCommand>();
            _places = Writer<V1.PlaceQuery>();
            _replies = Writer<V1.AssistantReply>();
            _decisions = Writer<V1.Decision>();
            _orders = Writer<V1.OrderStatus>();
            _parcels = Writer<V1.ParcelStatus>();
            _gate = Writer<V1.GateStatus>();
            _health = Writer<V1.AgentHealth>(isHeartbeat: true);
            Ingest = new BusIngest(this, _links, state, time, logger);
            foreach (var beside in more)
            {
                beside.Arrived = link.Wake;
            }

            foreach (var opened in _links)
            {
                opened.Start();
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        SequencedWriter<T> Writer<T>(bool isHeartbeat = false)
            where T : unmanaged, IDdsType<T>, ISomeIpType<T> => new([.. _links.Select(l => l.OpenWriter<T>())], isHeartbeat ? null : settings.MayAct);
    }

    /// <summary>The reading side.</summary>
    public BusIngest Ingest { get; }

    /// <summary>What a person should look at, bounded.</summary>
    public BusWarnings Warnings { get; }

    /// <summary>GUID of this start of the service.</summary>
    public string InstanceId { get; }

    /// <summary>When this instance joined.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Name of the policy profile, published with GateStatus.</summary>
    public string PolicyProfile { get; set; } = "";

    /// <summary>Commands, queries and replies that were not written because another service leads.</summary>
    public long Withheld => _hvac.Withheld + _navigation.Withheld + _places.Withheld + _replies.Withheld;

    /// <summary>Whether this service is one of a hot-standby pair.</summary>
    internal bool IsOfPair { get; }

    /// <summary>Whether anything but the heartbeat may be written at this instant.</summary>
    internal bool MayAct => _mayAct?.Invoke() != false;

    internal PlaceRequestTable PlaceRequests => _placeRequests;

    /// <inheritdoc/>
    public ValueTask<CommandWriteResult> SendAsync(HvacCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var sample = command.ToWire();
        sample.Source = _source;
        return new(_hvac.WriteToPeer(ref sample, static (ref V1.HvacCommand s, uint n) => s.SequenceNumber = n));
    }

    /// <inheritdoc/>
    public ValueTask<CommandWriteResult> SendAsync(NavigationCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var sample = command.ToWire();
        sample.Source = _source;
        return new(_navigation.WriteToPeer(ref sample, static (ref V1.NavigationCommand s, uint n) => s.SequenceNumber = n));
    }

    /// <inheritdoc/>
    public Task<PlaceAnswer> QueryAsync(PlaceQuery query, CancellationToken cancellationToken) =>
        _placeRequests.AskAsync(query, Send, cancellationToken);

    /// <inheritdoc/>
    public ValueTask PublishAsync(AssistantReply reply, CancellationToken cancellationToken)
    {
        var sample = reply.ToWire();
        sample.Source = _source;
        sample.SourceTimeNs = Now();
        _replies.TryWrite(ref sample, static (ref V1.AssistantReply s, uint n) => s.SequenceNumber = n);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(DecisionRecord decision, CancellationToken cancellationToken)
    {
        var sample = decision.ToWire();
        sample.Source = _source;
        _decisions.TryWrite(ref sample, static (ref V1.Decision s, uint n) => s.SequenceNumber = n);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(OrderStatus status, CancellationToken cancellationToken)
    {
        var sample = status.ToWire();
        sample.Source = _source;
        sample.SourceTimeNs = Now();
        _orders.TryWrite(ref sample, static (ref V1.OrderStatus s, uint n) => s.SequenceNumber = n);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(ParcelStatus status, CancellationToken cancellationToken)
    {
        var sample = status.ToWire();
        sample.Source = _source;
        sample.SourceTimeNs = Now();
        _parcels.TryWrite(ref sample, static (ref V1.ParcelStatus s, uint n) => s.SequenceNumber = n);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the heartbeat.</summary>
    /// <param name="report">State, reasons and counters of the service; the bus adds its own counters.</param>
    public void PublishHealth(in HealthReport report)
    {
        var sample = new V1.AgentHealth
        {
            Source = _source,
            SourceTimeNs = Now(),
            InstanceId = Idl.BoundedString36.Truncated(InstanceId),
            StartedTimeNs = Units.ToUnixNanoseconds(StartedAt),
            State = (V1.HealthState)report.State,
            DegradedReasons = Idl.BoundedString256.Truncated(string.Join(',', report.DegradedReasons)),
            SamplesReceived = (ulong)Ingest.SamplesReceived,
            SamplesRejected = (ulong)Ingest.SamplesRejected,
            SamplesLost = (ulong)Ingest.SamplesLost,
            UtterancesReceived = (ulong)report.UtterancesReceived,
            UtterancesDropped = (ulong)report.UtterancesDropped,
            CommandsSent = (ulong)report.CommandsSent,
            CommandsFailed = (ulong)report.CommandsFailed,
        };
        _health.TryWrite(ref sample, static (ref V1.AgentHealth s, uint n) => s.SequenceNumber = n);
    }

    /// <summary>Gives a sign of life for everything that a service of a pair writes.</summary>
    public void AssertLiveliness()
    {
        foreach (var link in _links)
        {
            link.AssertLiveliness();
        }
    }

    /// <summary>Lets go of the topics that are owned exclusively, so that their readers take the next service at once.</summary>
    public void ReleaseOwnership()
    {
        _hvac.Release(new V1.HvacCommand { Source = _source });
        _navigation.Release(new V1.NavigationCommand { Source = _source });
        _replies.Release(new V1.AssistantReply { Source = _source });
        _gate.Release(new V1.GateStatus { Source = _source });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var link in _links)
        {
            link.Dispose();
        }
    }

    /// <summary>Writes the driving state; called on the ingest thread only.</summary>
    internal void PublishGateStatus(in DrivingStateStatus status)
    {
        var sample = new V1.GateStatus
        {
            Source = _source,
            SourceTimeNs = Now(),
            DrivingState = (V1.DrivingState)status.State,
            Reasons = ReasonsText(status.Reasons),
            PolicyProfile = Idl.BoundedString32.Truncated(PolicyProfile),
            EvidenceTimeNs = status.EvidenceTimeUnixNanoseconds,
        };
        _gate.TryWrite(ref sample, static (ref V1.GateStatus s, uint n) => s.SequenceNumber = n);
    }

    /// <summary>The text is made anew only for other reasons than the last ones: the status is repeated every second.</summary>
    private Idl.BoundedString128 ReasonsText(DrivingReasons reasons)
    {
        if (reasons != _reasonsInText)
        {
            _reasonsText = Idl.BoundedString128.Truncated(DrivingReasonCodes.ToCodes(reasons));
            _reasonsInText = reasons;
        }

        return _reasonsText;
    }

    private bool Send(PlaceQuery query)
    {
        var sample = query.ToWire();
        sample.Source = _source;
        sample.SourceTimeNs = Now();
        return _places.WriteToPeer(ref sample, static (ref V1.PlaceQuery s, uint n) => s.SequenceNumber = n) == CommandWriteResult.Written;
    }

    private long Now() => Units.ToUnixNanoseconds(_time.GetUtcNow());
}
