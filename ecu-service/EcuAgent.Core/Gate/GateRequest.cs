namespace EcuAgent.Core.Gate;

/// <summary>
/// One proposed action, as the gate needs to know it. Everything left at its default is "not known" and makes the
/// answer stricter, never looser.
/// </summary>
public readonly record struct GateRequest
{
    /// <summary>Row of the table.</summary>
    public ActionClass ActionClass { get; init; }

    /// <summary>Name of the catalogue's tool, or server and name of a tool of others.</summary>
    public string? ToolName { get; init; }

    /// <summary>Id of the utterance that asked.</summary>
    public string? UtteranceId { get; init; }

    /// <summary>Voice or touch.</summary>
    public InputChannel Channel { get; init; }

    /// <summary>The seat that asked.</summary>
    public SpeakerZone Zone { get; init; }

    /// <summary>Confidence of the speech recognizer, 0 .. 1; null, NaN or out of range means not known.</summary>
    public double? AsrConfidence { get; init; }

    /// <summary>
    /// Canonical text (or a digest of it) of what exactly is asked: the call's arguments, the order's lines. A yes holds
    /// only for the same text. Compared ordinally.
    /// </summary>
    public string? TermsKey { get; init; }

    /// <summary>
    /// What would be paid in all; null when not known. Something free says <see cref="Money.Nothing"/>.
    /// Only read for <see cref="ActionClass.Commit"/>.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>Id of the merchant; null when not known. Only read for <see cref="ActionClass.Commit"/>.</summary>
    public string? Merchant { get; init; }

    /// <summary>Whether this merchant was bought from before on this account; null when not known.</summary>
    public bool? MerchantUsedBefore { get; init; }

    /// <summary>What was already paid in this trip, in the currency of <see cref="Amount"/>; null when not known.</summary>
    public Money? SpentThisTrip { get; init; }

    /// <summary>True for what is to be confirmed also where the table allows it without; it never loosens what the table says.</summary>
    public bool NeedsYes { get; init; }
}
