using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce;

/// <summary>One purchase as the journal keeps it. Holds no token, no address and no card.</summary>
public sealed record PurchaseRecord
{
    /// <summary>GUID; the same from the request to the receipt.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required PurchaseStage Stage { get; init; }

    /// <summary>Stable code of why it stands there.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When this state was written.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>What is ordered.</summary>
    public required CheckoutOrder Order { get; init; }

    /// <summary>At whom.</summary>
    public required string MerchantId { get; init; }

    /// <summary>The merchant's name as it is spoken.</summary>
    public required string MerchantName { get; init; }

    /// <summary>Name of the tool that asked.</summary>
    public string Tool { get; init; } = "";

    /// <summary>Canonical text of the tool call; equal for equal wishes.</summary>
    public string Intent { get; init; } = "";

    /// <summary>What it is, in the language of the person; at most 128 UTF-8 bytes.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Language of the person, BCP 47.</summary>
    public string Language { get; init; } = "";

    /// <summary>The merchant's session; empty before it is open.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>What was read back; empty before.</summary>
    public string Terms { get; init; } = "";

    /// <summary>What is paid in all; null when not known yet.</summary>
    public Money? Total { get; init; }

    /// <summary>When it is ready or arrives at the latest; null when not told.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>The merchant's order; empty before it is placed.</summary>
    public string OrderId { get; init; } = "";

    /// <summary>What a person names to the merchant.</summary>
    public string OrderNumber { get; init; } = "";

    /// <summary>What the merchant says it charged; null before.</summary>
    public Money? Charged { get; init; }

    /// <summary>True when the merchant takes it back within its terms.</summary>
    public bool IsCancelableLater { get; init; }

    /// <summary>True when a request to order left without an answer: only the merchant's word ends the doubt.</summary>
    public bool MayBeOrdered { get; init; }

    /// <summary>True from the yes on until the person was told how it ended; whoever finds it decided and untold after a failure tells it.</summary>
    public bool IsUntold { get; init; }

    /// <summary>True when how it ended is known, and the person was not told.</summary>
    public bool WaitsToBeTold => IsUntold && (Stage == PurchaseStage.Placed || PurchaseStages.IsOver(Stage));

    /// <summary>True while nobody can tell whether it is ordered; the merchant's word, now or later, decides it.</summary>
    public bool IsUndecided => Stage == PurchaseStage.Committing || (Stage == PurchaseStage.Abandoning && MayBeOrdered);

    /// <summary>True when its amount counts against the caps: it was, or may have been, ordered and is not taken back.</summary>
    public bool IsSpent => IsUndecided || Stage is PurchaseStage.Placed or PurchaseStage.Withdrawing or PurchaseStage.Fulfilled or PurchaseStage.Disputed;

    /// <summary>Why this offer was suggested, stable codes with values (<c>distance_m=1200</c>); for <c>ecuctl why</c>.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];
}
