namespace EcuAgent.Core.Commands;

/// <summary>Counters of a <see cref="CommandTracker"/> since its start. A copy: the values belong together.</summary>
public readonly record struct CommandCounters
{
    /// <summary>Commands entered into the table.</summary>
    public long Issued { get; init; }

    /// <summary>Reported done.</summary>
    public long Completed { get; init; }

    /// <summary>Not taken by the ECU.</summary>
    public long Rejected { get; init; }

    /// <summary>Not possible, or not sent.</summary>
    public long Failed { get; init; }

    /// <summary>No final outcome in time.</summary>
    public long Expired { get; init; }

    /// <summary>Refused because <see cref="CommandTrackerOptions.MaxOpen"/> were open.</summary>
    public long RefusedFull { get; init; }

    /// <summary>Outcomes after the expiry.</summary>
    public long LateOutcomes { get; init; }

    /// <summary>Outcomes that said something again or contradicted a final one.</summary>
    public long DuplicateOutcomes { get; init; }

    /// <summary>Outcomes for commands that are not known.</summary>
    public long UnknownOutcomes { get; init; }

    /// <summary>Outcomes of an unknown kind.</summary>
    public long InvalidOutcomes { get; init; }

    /// <summary>Commands without a final outcome now.</summary>
    public int Open { get; init; }
}
