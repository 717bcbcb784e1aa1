using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>A checkout session. Read and changed under the shop's lock only.</summary>
internal sealed class CheckoutSession
{
    public required string Id { get; init; }

    public required Protocol Protocol { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public Cart Cart { get; } = new();

    /// <summary>As last priced.</summary>
    public required Quote Quote { get; set; }

    /// <summary>The total of the last answer; what the buyer's side believes to pay.</summary>
    public long? ToldTotal { get; set; }

    /// <summary>When it comes, as the last answer promised.</summary>
    public DateTimeOffset? ToldFrom { get; set; }

    /// <summary>Notices of the last operation, besides those of the quote.</summary>
    public List<Notice> Notices { get; } = [];

    /// <summary>Interventions that the agent said it can handle.</summary>
    public IReadOnlyList<string> AgentInterventions { get; init; } = [];

    /// <summary>Extensions that the agent said it understands; null when it said nothing.</summary>
    public IReadOnlyList<string>? AgentExtensions { get; init; }

    /// <summary>A person went to the continue page and agreed.</summary>
    public bool IsApproved { get; set; }

    /// <summary>The instrument of the last attempt wants issuer authentication.</summary>
    public bool InstrumentWantsAuthentication { get; set; }

    /// <summary>Key of the completion that is being worked on; null when none is.</summary>
    public string? CompletingKey { get; set; }

    /// <summary>Key of the request that completed or canceled the session, to recognise its repetition after a lost answer.</summary>
    public string? FinishedKey { get; set; }

    public bool IsCanceled { get; set; }

    public Order? Order { get; set; }

    public SessionStatus StatusAt(DateTimeOffset now) => this switch
    {
        { Order: not null } => SessionStatus.Completed,
        { IsCanceled: true } => SessionStatus.Canceled,
        { CompletingKey: not null } => SessionStatus.CompleteInProgress,
        _ when now >= ExpiresAt => SessionStatus.Expired,
        _ => Quote.Status,
    };
}

/// <summary>Which protocol a session speaks.</summary>
internal enum Protocol
{
    Acp,
    Ucp,
}
