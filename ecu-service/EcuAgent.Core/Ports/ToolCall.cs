using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Ports;

/// <summary>A call of a tool of others that somebody wishes.</summary>
/// <param name="Server">Our name of the server.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">A JSON object, at most 16 KiB.</param>
public sealed record ToolCall(string Server, string Tool, string Arguments)
{
    /// <summary>Id of the utterance that asked; empty where none did.</summary>
    public string UtteranceId { get; init; } = "";

    /// <summary>Voice or touch.</summary>
    public InputChannel Channel { get; init; }

    /// <summary>The seat that asked.</summary>
    public SpeakerZone Zone { get; init; }

    /// <summary>Confidence of the speech recognizer, 0 .. 1; null where it is not known.</summary>
    public double? AsrConfidence { get; init; }

    /// <summary>What it costs in all; null where it is not known, and then a tool of class Commit is not called.</summary>
    public Money? Amount { get; init; }

    /// <summary>Server and tool as one name, for records.</summary>
    public string FullName => $"{Server}:{Tool}";

    /// <summary>
    /// What the gate is asked. What binds or sets something up needs a yes to exactly this, also where the table would allow the row: what a tool of
    /// others does is known from others only.
    /// </summary>
    public GateRequest RequestFor(ToolTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new GateRequest
        {
            ActionClass = terms.Class,
            ToolName = FullName,
            UtteranceId = UtteranceId,
            Channel = Channel,
            Zone = Zone,
            AsrConfidence = AsrConfidence,
            TermsKey = terms.Key,
            Amount = Amount,
            Merchant = Server,
            NeedsYes = terms.Class is ActionClass.Commit or ActionClass.Setup,
        };
    }
}
