using EcuAgent.Signals;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Conformance.Tests.Rig;

/// <summary>The service's side of a bus, with its ingest thread, without the service.</summary>
internal sealed class Cockpit : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _ingest;

    public Cockpit(Func<BusWarnings, (IBusLink Link, IReadOnlyList<IAnnouncingLink> More)> open, Func<bool>? mayAct = null, VehicleStateOptions? options = null)
    {
        State = new VehicleState(TimeProvider.System, options ?? new VehicleStateOptions());
        var (link, more) = open(Warnings);
        Bus = new CockpitBus(
            new CockpitBusSettings("cockpit", Guid.NewGuid().ToString(), MayAct: mayAct),
            State,
            TimeProvider.System,
            NullLogger<CockpitBus>.Instance,
            Warnings,
            link,
            more)
        {
            PolicyProfile = "strict",
        };
        _ingest = new Thread(() => Bus.Ingest.Run(Events, _stop.Token)) { IsBackground = true, Name = "ingest" };
        _ingest.Start();
    }

    public CockpitBus Bus { get; }

    public VehicleState State { get; }

    public BusWarnings Warnings { get; } = new();

    public RecordedEvents Events { get; } = new();

    public DrivingState Driving => State.TakeSnapshot().Driving.State;

    public Task DrivesAsync(DrivingState state) => Eventually.TrueAsync(() => Driving == state, $"driving state {state}, it is {State.TakeSnapshot().Driving}");

    /// <summary>Publishes a heartbeat with a number of utterances that tells it from others.</summary>
    public void Beat(long utterances) => Bus.PublishHealth(new HealthReport(ServiceHealth.Ok, [], utterances, 0, 0, 0));

    public void Dispose()
    {
        Events.Flow.Set();
        _stop.Cancel();
        Assert.True(_ingest.Join(Eventually.Watchdog), "the ingest thread does not end");
        Bus.Dispose();
        _stop.Dispose();
    }
}
