namespace EcuAgent.Core.Audit;

/// <summary>What a record is about.</summary>
public enum AuditKind
{
    /// <summary>The gate judged a proposed action.</summary>
    Decision,

    /// <summary>The gate judged an action at the instant of commit.</summary>
    CommitCheck,

    /// <summary>A question was put to an occupant.</summary>
    QuestionOpened,

    /// <summary>An answer to a question was judged.</summary>
    QuestionAnswered,

    /// <summary>A question was revoked because the driving state became stricter.</summary>
    QuestionRevoked,

    /// <summary>A question ran out.</summary>
    QuestionExpired,

    /// <summary>A request was put off, joined or refused by the deferral queue.</summary>
    Deferred,

    /// <summary>A deferred request was offered again.</summary>
    DeferralOffered,

    /// <summary>A deferred request left the queue.</summary>
    DeferralEnded,

    /// <summary>A command was written to another ECU.</summary>
    CommandIssued,

    /// <summary>A command ended.</summary>
    CommandOutcome,

    /// <summary>A call of a tool of others ended.</summary>
    ToolEnded,

    /// <summary>A policy came into force.</summary>
    PolicyLoaded,

    /// <summary>The service started.</summary>
    ServiceStarted,

    /// <summary>The service stopped.</summary>
    ServiceStopped,
}
