namespace EcuAgent.E2E;

/// <summary>What is known after one check.</summary>
/// <param name="Check">The check of this message.</param>
/// <param name="State">The state over the last checks.</param>
public readonly record struct E2eVerdict(E2eCheckStatus Check, E2eState State)
{
    /// <summary>True when the data of this message may be used: it is good, and so is the reception as a whole.</summary>
    public bool IsUsable => State == E2eState.Valid && Check.IsOk();
}
