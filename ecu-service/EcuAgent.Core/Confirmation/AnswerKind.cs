namespace EcuAgent.Core.Confirmation;

/// <summary>What became of an answer.</summary>
public enum AnswerKind
{
    /// <summary>No question with this id is or was last open. Nothing changed.</summary>
    UnknownQuestion,

    /// <summary>A valid yes; to be redeemed at once.</summary>
    Accepted,

    /// <summary>A no. The question is closed.</summary>
    Declined,

    /// <summary>Meant as a yes, but it does not count; the question stays open.</summary>
    NotAYes,

    /// <summary>Too late.</summary>
    Expired,

    /// <summary>The driving state became stricter since the question was asked.</summary>
    Revoked,
}
