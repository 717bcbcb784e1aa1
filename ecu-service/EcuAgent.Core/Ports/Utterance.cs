using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Ports;

/// <summary>What the speech recognizer understood.</summary>
public sealed record Utterance
{
    /// <summary>Longest text in UTF-16 units.</summary>
    public const int LongestText = 512;

    /// <summary>Id, 1 to 36 characters; a second utterance with the same id changes nothing.</summary>
    public required string UtteranceId { get; init; }

    /// <summary>Best hypothesis.</summary>
    public required string Text { get; init; }

    /// <summary>Further hypotheses, best first.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>Confidence of the recognizer, 0 .. 1; NaN or out of range counts as 0.</summary>
    public required double AsrConfidence { get; init; }

    /// <summary>BCP 47 tag, such as "en" or "zh-CN"; when empty, Chinese characters in the text decide.</summary>
    public string Language { get; init; } = "";

    /// <summary>Who spoke.</summary>
    public SpeakerZone SpeakerZone { get; init; }

    /// <summary>When our side received it, for latency; null when the call to the agent is the receipt.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>When the recognizer sent it, by its own clock; null where that clock cannot be right.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>
    /// What is the same for everybody who hears this utterance and for no other one: sender, time and number. Commands are named after it; empty
    /// where nobody else hears it.
    /// </summary>
    public string Origin { get; init; } = "";

    /// <summary>Whether another service had it before and left no reply.</summary>
    public UtteranceTakeOver TakeOver { get; init; }

    /// <summary>The earliest time known of it; no command for it is older.</summary>
    internal DateTimeOffset? Begun => Sent ?? Received;
}
