using EcuAgent.Core.Agent.Errands;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>One utterance on its way through the agent. Used by one task at a time.</summary>
internal sealed class Turn(Utterance utterance, Phrases phrases, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private Func<bool> _isOpen = () => true;

    // Receipt may lie before the call; a source clock ahead of ours must not give negative times.
    private readonly TimeSpan _before = utterance.Received is { } received && time.GetUtcNow() > received
        ? time.GetUtcNow() - received
        : TimeSpan.Zero;

    public Utterance Utterance => utterance;

    public Phrases Phrases => phrases;

    /// <summary>The day on which it was said, in the calendar of the car.</summary>
    public DateOnly SpokenOn { get; } = LocalDay.Of(utterance.Received ?? time.GetUtcNow(), time.LocalTimeZone);

    public List<TurnPart> Parts { get; } = [];

    public TurnStatus Status { get; set; }

    public Plan? Plan { get; set; }

    /// <summary>What the same person said just before, where the model was told; null otherwise.</summary>
    public EarlierTurn? Earlier { get; set; }

    /// <summary>What had been offered when this was said, or by a search of this very turn; null for nothing.</summary>
    public PlaceChoice? Offered { get; set; }

    /// <summary>The offer that was chosen by a word like "the second one"; null when the best one is taken.</summary>
    public RankedOffer? ChosenOffer { get; set; }

    /// <summary>Collects calls that are several errands together; null when the turn has not several.</summary>
    public List<ErrandDraft>? Errands { get; set; }

    public string? Question { get; private set; }

    public string QuestionId { get; private set; } = "";

    /// <summary>Who is spoken to: the seat whose yes is asked for, else the one that spoke.</summary>
    public SpeakerZone Listener { get; private set; } = utterance.SpeakerZone;

    public int? MaxSentences { get; set; }

    public bool Sponsored { get; set; }

    public TimeSpan? PlannedAfter { get; set; }

    public TimeSpan? FirstCommandAfter { get; set; }

    public TimeSpan Elapsed => _before + time.GetElapsedTime(_started);

    public TurnPart Add(string tool)
    {
        var part = new TurnPart(tool);
        Parts.Add(part);
        return part;
    }

    /// <summary>
    /// Asks at the end of the reply; a turn asks one question only. One that waits for a yes goes before one that only asks to say it again: without
    /// its id in the reply nobody could answer it.
    /// </summary>
    public bool TryAsk(string question, string questionId)
    {
        if (Question is { } other)
        {
            if (QuestionId.Length > 0 || questionId.Length == 0)
            {
                return false;
            }

            Add("").Clauses.Add(other);
        }

        Question = question;
        QuestionId = questionId;
        Status = TurnStatus.Asked;
        return true;
    }

    /// <summary>Reads something back at the end of the reply. Only where no other question has an id.</summary>
    /// <param name="readBack">What is asked.</param>
    /// <param name="questionId">The question's id.</param>
    /// <param name="listener">The seat whose yes is asked for.</param>
    /// <param name="isOpen">Whether it still is to be asked.</param>
    public void AskForYes(string readBack, string questionId, SpeakerZone listener, Func<bool> isOpen)
    {
        TryAsk(readBack, questionId);
        Listener = listener;
        _isOpen = isOpen;
    }

    /// <summary>Takes back a question that ended before it was spoken: the car moved off while commands were carried out.</summary>
    public void DropEndedQuestion()
    {
        if (!_isOpen())
        {
            (Question, QuestionId, Status) = (null, "", TurnStatus.Done);
        }
    }
}
