namespace EcuAgent.Core.Gate;

/// <summary>What became of the question behind a commit.</summary>
public enum ConsentKind
{
    /// <summary>No yes.</summary>
    None,

    /// <summary>A valid yes.</summary>
    Yes,

    /// <summary>There was a yes, but the driving state became stricter since.</summary>
    Revoked,

    /// <summary>There was a yes, but it is too old.</summary>
    Expired,
}
