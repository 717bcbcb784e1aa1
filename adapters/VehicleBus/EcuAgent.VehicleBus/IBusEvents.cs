using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;

namespace EcuAgent.VehicleBus;

/// <summary>What the ingest thread hands on. Every method is called on that thread and must return at once.</summary>
public interface IBusEvents
{
    /// <summary>The driving state has changed; GateStatus is already written.</summary>
    void OnDrivingStateChanged(in DrivingStateStatus status);

    /// <summary>An actuator has reported what it really does; the vehicle state already has it.</summary>
    void OnReadBackChanged();

    /// <summary>Somebody has said something.</summary>
    void OnUtterance(Utterance utterance);

    /// <summary>Somebody has answered a question.</summary>
    void OnConfirmation(in ConfirmationAnswer answer);

    /// <summary>An ECU has answered a command.</summary>
    void OnCommandOutcome(CommandOutcome outcome);

    /// <summary>Another service of this kind is on the same domain; each of its heartbeats.</summary>
    void OnOtherService(OtherService other);

    /// <summary>Whoever leads a pair has replied to an utterance.</summary>
    void OnReplied(string utteranceId)
    {
    }

    /// <summary>Whoever leads a pair is about to send a command for an utterance.</summary>
    void OnCommanded(string utteranceId)
    {
    }

    /// <summary>Each turn of the ingest thread.</summary>
    /// <returns>After which time another turn is wanted at the latest.</returns>
    TimeSpan OnTurn() => TimeSpan.MaxValue;
}
