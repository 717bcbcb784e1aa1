namespace EcuAgent.Core.Agent.Purchases;

/// <summary>What became of a purchase that was to be proposed.</summary>
internal enum Proposal
{
    /// <summary>It is read back and waits for its yes.</summary>
    Asked,

    /// <summary>There is nothing to read back; the reason is told.</summary>
    Refused,

    /// <summary>The gate, knowing the terms, wants it deferred.</summary>
    Deferred,
}
