using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Ports;

/// <summary>What the assistant says. Built from outcomes only.</summary>
public sealed record AssistantReply
{
    /// <summary>GUID in its 36-character form.</summary>
    public required string ReplyId { get; init; }

    /// <summary>The utterance that it answers; empty when the service speaks on its own account.</summary>
    public required string UtteranceId { get; init; }

    /// <summary>Text to speak, at most 1024 UTF-8 bytes.</summary>
    public required string Text { get; init; }

    /// <summary>BCP 47 tag: "en" or "zh".</summary>
    public required string Language { get; init; }

    /// <summary>Where to speak it.</summary>
    public SpeakerZone Zone { get; init; }

    /// <summary>Id of the question that is open now; empty when nothing is asked.</summary>
    public string OpenQuestionId { get; init; } = "";

    /// <summary>Where the facts come from, such as "navigation"; may be empty.</summary>
    public string Sources { get; init; } = "";

    /// <summary>True when a sponsored offer is named.</summary>
    public bool Sponsored { get; init; }
}
