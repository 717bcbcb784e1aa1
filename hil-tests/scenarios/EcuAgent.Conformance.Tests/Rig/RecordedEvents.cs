using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;

namespace EcuAgent.Conformance.Tests.Rig;

/// <summary>What the ingest thread handed on; can hold that thread up.</summary>
internal sealed class RecordedEvents : IBusEvents
{
    private readonly List<object> _all = [];

    /// <summary>While it is reset the ingest thread stands still at its next utterance.</summary>
    public ManualResetEventSlim Flow { get; } = new(true);

    /// <summary>Set when the ingest thread stands still.</summary>
    public ManualResetEventSlim Stands { get; } = new(false);

    public IReadOnlyList<T> Of<T>()
    {
        lock (_all)
        {
            return [.. _all.OfType<T>()];
        }
    }

    public void OnDrivingStateChanged(in DrivingStateStatus status) => Add(status);

    public void OnReadBackChanged()
    {
    }

    public void OnUtterance(Utterance utterance)
    {
        Add(utterance);
        if (!Flow.IsSet)
        {
            Stands.Set();
            Flow.Wait();
        }
    }

    public void OnConfirmation(in ConfirmationAnswer answer) => Add(answer);

    public void OnCommandOutcome(CommandOutcome outcome) => Add(outcome);

    public void OnOtherService(OtherService other) => Add(other);

    private void Add(object happened)
    {
        lock (_all)
        {
            _all.Add(happened);
        }
    }
}
