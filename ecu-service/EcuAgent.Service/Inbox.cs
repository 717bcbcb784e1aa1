using System.Threading.Channels;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging;
using Nito.AsyncEx;

namespace EcuAgent.Service;

/// <summary>What the ingest thread hands to the dialogue. Nothing here waits.</summary>
/// <remarks>
/// Full-queue rules: of utterances the newest is refused (the person can say it again), of confirmations and outcomes likewise; all
/// counted. A change of the driving state is a signal, not a queue: the reader takes the newest picture.
/// </remarks>
internal sealed class Inbox(ILogger<Inbox> logger) : IBusEvents
{
    public const int UtteranceCapacity = 16;
    public const int AnswerCapacity = 64;

    private readonly Channel<Utterance> _utterances = Bounded<Utterance>(UtteranceCapacity);
    private readonly Channel<object> _answers = Bounded<object>(AnswerCapacity);
    private long _droppedUtterances;
    private long _droppedAnswers;
    private long _receivedUtterances;

    public ChannelReader<Utterance> Utterances => _utterances.Reader;

    /// <summary>Confirmations (<see cref="ConfirmationAnswer"/>) and outcomes (<see cref="CommandOutcome"/>) in the order of arrival.</summary>
    public ChannelReader<object> Answers => _answers.Reader;

    public AsyncAutoResetEvent SituationChanged { get; } = new();

    public AsyncAutoResetEvent ReadBackChanged { get; } = new();

    public long ReceivedUtterances => Interlocked.Read(ref _receivedUtterances);

    public long DroppedUtterances => Interlocked.Read(ref _droppedUtterances);

    public long DroppedAnswers => Interlocked.Read(ref _droppedAnswers);

    /// <summary>Called for each heartbeat of another service that is none of a pair with this one; set by the host.</summary>
    public Action<OtherService>? OtherServiceSeen { get; set; }

    /// <summary>The role in a hot-standby pair; null for a service that is alone. Set by the host.</summary>
    public StandbyDuty? Standby { get; set; }

    public void OnDrivingStateChanged(in DrivingStateStatus status) => SituationChanged.Set();

    public void OnReadBackChanged() => ReadBackChanged.Set();

    public void OnUtterance(Utterance utterance)
    {
        Interlocked.Increment(ref _receivedUtterances);
        if (Standby?.Heard(utterance) != false)
        {
            TakeUp(utterance);
        }
    }

    /// <summary>Queues what is to be carried out here.</summary>
    public void TakeUp(Utterance utterance)
    {
        if (!_utterances.Writer.TryWrite(utterance))
        {
            Interlocked.Increment(ref _droppedUtterances);
            logger.UtteranceRefused(utterance.UtteranceId, UtteranceCapacity);
        }
    }

    public void OnConfirmation(in ConfirmationAnswer answer) => Add(answer);

    public void OnCommandOutcome(CommandOutcome outcome) => Add(outcome);

    public void OnOtherService(OtherService other)
    {
        if (Standby?.Heard(other) != true)
        {
            OtherServiceSeen?.Invoke(other);
        }
    }

    public void OnReplied(string utteranceId) => Standby?.Replied(utteranceId);

    public void OnCommanded(string utteranceId) => Standby?.Commanded(utteranceId);

    public TimeSpan OnTurn() => Standby?.Turn() ?? TimeSpan.MaxValue;

    private void Add(object answer)
    {
        // Questions and commands are those of the service that leads.
        if (Standby?.MayAct != false && !_answers.Writer.TryWrite(answer))
        {
            Interlocked.Increment(ref _droppedAnswers);
        }
    }

    private static Channel<T> Bounded<T>(int capacity) =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
}
