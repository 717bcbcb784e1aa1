using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.Idl;
using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.ToolBus;

/// <summary>Speaks and answers as an occupant would through the speech recognizer. Thread-safe.</summary>
public sealed class Occupant : IDisposable
{
    private const int FirstHanCharacter = 0x3400;
    private const int LastHanCharacter = 0x9FFF;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly BoundedString32 _source;
    private readonly DdsWriter<V1.Utterance> _utterances;
    private readonly DdsWriter<V1.Confirmation> _confirmations;
    private uint _utteranceNumber;
    private uint _confirmationNumber;

    /// <summary>Opens the writers.</summary>
    /// <param name="participant">Stays the caller's; dispose it after this.</param>
    /// <param name="time">Clock of the source times.</param>
    /// <param name="source">Name of the speaking ECU, 1 to 32 bytes. Two occupants on one domain need two names.</param>
    public Occupant(VehicleParticipant participant, TimeProvider time, string source = "ecu.speech")
    {
        ArgumentNullException.ThrowIfNull(participant);
        _time = time;
        _source = BoundedString32.From(source);
        _utterances = participant.OpenWriter<V1.Utterance>();
        _confirmations = participant.OpenWriter<V1.Confirmation>();
    }

    /// <summary>True when somebody listens to utterances.</summary>
    public bool HasListener => _utterances.MatchedCount > 0;

    /// <summary>Completes when somebody listens to utterances.</summary>
    public Task WaitForListenerAsync(CancellationToken cancellationToken) => _utterances.WaitForMatchAsync(1, cancellationToken);

    /// <summary>Completes when somebody listens to answers.</summary>
    public Task WaitForAnswerListenerAsync(CancellationToken cancellationToken) => _confirmations.WaitForMatchAsync(1, cancellationToken);

    /// <summary>The language that a text is taken for: "zh" with a Han character in it, else "en".</summary>
    public static string LanguageOf(string text) => text.Any(c => c is >= (char)FirstHanCharacter and <= (char)LastHanCharacter) ? "zh" : "en";

    /// <summary>Says something.</summary>
    /// <returns>The id of the utterance.</returns>
    /// <exception cref="ArgumentException">It has a <see cref="Spoken.Fault"/>, or the language tag is longer than 16 bytes.</exception>
    /// <exception cref="DdsException">The utterance could not be written.</exception>
    public string Say(Spoken spoken)
    {
        ArgumentNullException.ThrowIfNull(spoken);
        if (spoken.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(spoken));
        }

        var id = Guid.NewGuid().ToString();
        var sample = new V1.Utterance
        {
            Source = _source,
            UtteranceId = BoundedString36.From(id),
            Text = BoundedString512.From(spoken.Text),
            AlternativeCount = (byte)spoken.Alternatives.Count,
            AsrConfidence = spoken.Confidence,
            Language = BoundedString16.From(spoken.Language ?? LanguageOf(spoken.Text)),
            SpeakerZone = (V1.CabinZone)spoken.Zone,
        };
        for (var i = 0; i < spoken.Alternatives.Count; i++)
        {
            sample.Alternatives[i] = BoundedString512.From(spoken.Alternatives[i]);
        }

        lock (_gate)
        {
            sample.SourceTimeNs = Now();
            sample.SequenceNumber = unchecked(++_utteranceNumber);
            _utterances.Write(sample);
        }

        return id;
    }

    /// <summary>Answers an open question.</summary>
    /// <param name="questionId">The id that the reply with the question carried, 1 to 36 bytes.</param>
    /// <param name="yes">The answer.</param>
    /// <param name="zone">Where the speaker sits.</param>
    /// <param name="confidence">Confidence of the recognizer, 0 .. 1.</param>
    /// <exception cref="ArgumentException">The id is empty or too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not 0 .. 1.</exception>
    /// <exception cref="DdsException">The answer could not be written.</exception>
    public void Answer(string questionId, bool yes, CabinZone zone = CabinZone.Driver, double confidence = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(questionId);
        if (!(confidence is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence must be 0 to 1.");
        }

        var id = default(BoundedString36);
        if (!id.TrySet(questionId))
        {
            throw new ArgumentException($"The question id '{questionId}' is longer than {BoundedString36.CapacityBytes} bytes.", nameof(questionId));
        }

        lock (_gate)
        {
            _confirmations.Write(new V1.Confirmation
            {
                Source = _source,
                SourceTimeNs = Now(),
                SequenceNumber = unchecked(++_confirmationNumber),
                QuestionId = id,
                Yes = yes,
                SpeakerZone = (V1.CabinZone)zone,
                Confidence = confidence,
            });
        }
    }

    /// <summary>Waits until every listener has what was said.</summary>
    /// <returns>False when the time passed first.</returns>
    public bool WaitUntilHeard(TimeSpan timeout) => _utterances.WaitForAcknowledgments(timeout) && _confirmations.WaitForAcknowledgments(timeout);

    /// <inheritdoc/>
    public void Dispose()
    {
        _utterances.Dispose();
        _confirmations.Dispose();
    }

    private long Now() => Signals.Units.ToUnixNanoseconds(_time.GetUtcNow());
}
