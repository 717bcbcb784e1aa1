using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.EcuCtl.Output;
using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Dialogue;

/// <summary>Follows one exchange with the service: prints decisions, commands and outcomes until the reply has come.</summary>
internal sealed class DialogueObserver : IDisposable
{
    private const int MostWaitingOutcomes = 256;

    private readonly BusObserver _observer;
    private readonly DdsReader<V1.AssistantReply> _replies;
    private readonly HashSet<string> _commands = new(StringComparer.Ordinal);
    private readonly List<BusSample<V1.CommandOutcome>> _early = [];
    private readonly bool _json;

    public DialogueObserver(VehicleParticipant participant, bool json)
    {
        _json = json;
        _observer = new BusObserver(participant, TimeProvider.System);
        _observer.Observe<V1.Decision>();
        _observer.Observe<V1.HvacCommand>();
        _observer.Observe<V1.NavigationCommand>();
        _observer.Observe<V1.CommandOutcome>();
        _replies = _observer.Observe<V1.AssistantReply>();
    }

    /// <summary>Completes when a service that replies is on the bus.</summary>
    public Task WaitForServiceAsync(CancellationToken cancellationToken) => _replies.WaitForMatchAsync(1, cancellationToken);

    /// <summary>Prints what belongs to the exchange until its reply has come.</summary>
    /// <param name="utteranceId">The exchange; null takes whatever comes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reply; null when the token was cancelled first.</returns>
    public async Task<V1.AssistantReply?> FollowAsync(string? utteranceId, CancellationToken cancellationToken)
    {
        try
        {
            while (await _observer.Events.WaitToReadAsync(cancellationToken))
            {
                V1.AssistantReply? reply = null;
                while (_observer.Events.TryRead(out var value))
                {
                    reply ??= Take(value, utteranceId);
                }

                if (reply is not null)
                {
                    return reply;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // No reply in time, or Ctrl+C: the caller tells the two apart.
        }

        return null;
    }

    public void Dispose() => _observer.Dispose();

    private V1.AssistantReply? Take(BusEvent value, string? utteranceId)
    {
        switch (value)
        {
            case { IsGone: true }:
                break;
            case BusSample<V1.Decision> { Sample: var d } when Belongs(d.UtteranceId.ToString()):
                Print(value, EventText.Describe(d));
                Know(d.CommandId.ToString());
                break;
            case BusSample<V1.HvacCommand> { Sample: var c } when Belongs(c.UtteranceId.ToString()):
                Print(value, EventText.Describe(c));
                Know(c.CommandId.ToString());
                break;
            case BusSample<V1.NavigationCommand> { Sample: var c } when Belongs(c.UtteranceId.ToString()):
                Print(value, EventText.Describe(c));
                Know(c.CommandId.ToString());
                break;
            case BusSample<V1.CommandOutcome> outcome when utteranceId is null || _commands.Contains(outcome.Sample.CommandId.ToString()):
                Print(value, EventText.Describe(outcome.Sample));
                break;
            case BusSample<V1.CommandOutcome> outcome when _early.Count < MostWaitingOutcomes:
                _early.Add(outcome);
                break;
            case BusSample<V1.AssistantReply> { Sample: var r } when Belongs(r.UtteranceId.ToString()):
                Print(value, EventText.Describe(r));
                return r;
        }

        return null;

        bool Belongs(string id) => utteranceId is null || id == utteranceId;
    }

    // The outcome of a quick ECU can overtake the command on the way here.
    private void Know(string commandId)
    {
        if (commandId.Length == 0 || !_commands.Add(commandId))
        {
            return;
        }

        foreach (var outcome in _early.Where(o => o.Sample.CommandId.ToString() == commandId))
        {
            Print(outcome, EventText.Describe(outcome.Sample));
        }

        _early.RemoveAll(o => o.Sample.CommandId.ToString() == commandId);
    }

    private void Print(BusEvent value, string text) =>
        Console.WriteLine(_json ? SampleJson.Line(SampleJson.Of(EventText.Kind(value), value)) : $"{EventText.Kind(value),-9} {text}");
}
