using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Deferral;

/// <summary>A proposed call that has to wait.</summary>
public sealed record DeferralRequest
{
    /// <summary>Id of the utterance that asked.</summary>
    public required string UtteranceId { get; init; }

    /// <summary>Name of the catalogue's tool, or server and name of a tool of others.</summary>
    public required string ToolName { get; init; }

    /// <summary>
    /// The call's arguments as canonical JSON text, kept word for word. Tool and arguments together are the intent: the
    /// same ones again are joined.
    /// </summary>
    public required string ArgumentsJson { get; init; }

    /// <summary>The call's class.</summary>
    public required ActionClass ActionClass { get; init; }

    /// <summary>What to say when it is offered again, in the occupant's language.</summary>
    public required string Summary { get; init; }

    /// <summary>BCP 47 tag of <see cref="Summary"/>.</summary>
    public required string Language { get; init; }

    /// <summary>The seat that asked.</summary>
    public SpeakerZone Zone { get; init; }
}
