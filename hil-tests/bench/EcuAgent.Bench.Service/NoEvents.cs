using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;

namespace EcuAgent.Bench.Service;

/// <summary>Takes what the ingest thread hands on, where only the driving state may matter.</summary>
/// <param name="stateChanged">Called after GateStatus was written; null for nothing.</param>
internal sealed class NoEvents(Action<DrivingState>? stateChanged = null) : IBusEvents
{
    public void OnDrivingStateChanged(in DrivingStateStatus status) => stateChanged?.Invoke(status.State);

    public void OnReadBackChanged()
    {
    }

    public void OnUtterance(Utterance utterance)
    {
    }

    public void OnConfirmation(in ConfirmationAnswer answer)
    {
    }

    public void OnCommandOutcome(CommandOutcome outcome)
    {
    }

    public void OnOtherService(OtherService other)
    {
    }
}
