using EcuAgent.CycloneDds;
using EcuAgent.Idl;
using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Tests.Support;

/// <summary>A service of a few lines: commands a temperature for each utterance, plays the ECU as well, and asks a question.</summary>
internal sealed class Responder : IDisposable
{
    public const string Question = "7d3c1f0e-question";

    private readonly BusObserver _heard;
    private readonly DdsWriter<V1.Decision> _decisions;
    private readonly DdsWriter<V1.HvacCommand> _commands;
    private readonly DdsWriter<V1.CommandOutcome> _outcomes;
    private readonly DdsWriter<V1.AssistantReply> _replies;

    public Responder(TestBus bus)
    {
        _decisions = bus.Participant.OpenWriter<V1.Decision>();
        _commands = bus.Participant.OpenWriter<V1.HvacCommand>();
        _outcomes = bus.Participant.OpenWriter<V1.CommandOutcome>();
        _replies = bus.Participant.OpenWriter<V1.AssistantReply>();
        _heard = new BusObserver(bus.Participant, TimeProvider.System);
        _heard.Observe<V1.Utterance>();
        _heard.Observe<V1.Confirmation>();
    }

    /// <summary>Takes the next thing that was said and, if wanted, answers it.</summary>
    public async Task<BusEvent> ServeAsync(CancellationToken cancellationToken, bool answer = true)
    {
        while (true)
        {
            var value = await _heard.Events.ReadAsync(cancellationToken);
            switch (value)
            {
                case { IsGone: true }:
                    continue;
                case BusSample<V1.Utterance> { Sample: var u } when answer:
                    Answer(u.UtteranceId);
                    break;
                case BusSample<V1.Confirmation> when answer:
                    Reply(default, "Done.", "");
                    break;
            }

            return value;
        }
    }

    public void Dispose() => _heard.Dispose();

    private void Answer(BoundedString36 utterance)
    {
        // Another occupant's reply, which must not be taken for ours.
        Reply(BoundedString36.From("somebody else"), "Not for you.", "");
        _decisions.Write(new()
        {
            Source = BoundedString32.From("cockpit"),
            DecisionId = BoundedString36.From("d1"),
            UtteranceId = utterance,
            CommandId = BoundedString36.From("c1"),
            Tool = BoundedString48.From("set_temperature"),
            ActionClass = V1.ActionClass.Comfort,
            Kind = V1.DecisionKind.Allow,
            Reason = BoundedString48.From("allowed"),
            DrivingState = V1.DrivingState.Parked,
        });
        _commands.Write(new()
        {
            Source = BoundedString32.From("cockpit"),
            CommandId = BoundedString36.From("c1"),
            UtteranceId = utterance,
            Action = V1.HvacAction.SetTemperature,
            Zone = V1.CabinZone.Driver,
            TemperatureCelsius = 22.5,
        });
        _outcomes.Write(new()
        {
            Source = BoundedString32.From("ecu.hvac"),
            CommandId = BoundedString36.From("c1"),
            Kind = V1.OutcomeKind.Completed,
            HasAppliedValue = true,
            AppliedValue = 22.5,
        });
        Reply(utterance, "Set to 22.5 degrees. Anything else? 好", Question);
    }

    private void Reply(BoundedString36 utterance, string text, string question) => _replies.Write(new()
    {
        Source = BoundedString32.From("cockpit"),
        ReplyId = BoundedString36.From(Guid.NewGuid().ToString()),
        UtteranceId = utterance,
        Text = BoundedString1024.From(text),
        OpenQuestionId = BoundedString36.From(question),
    });
}
