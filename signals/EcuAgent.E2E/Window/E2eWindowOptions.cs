namespace EcuAgent.E2E;

/// <summary>Counts over the last checks, for each state. Immutable; changed by copy.</summary>
/// <remarks>
/// A check is good with <see cref="E2eCheckStatus.Ok"/> and <see cref="E2eCheckStatus.OkSomeLost"/>, an error when damaged or
/// not the message expected, and neither otherwise.
/// </remarks>
public sealed record E2eWindowOptions
{
    /// <summary>Largest window.</summary>
    public const int MaxWindowSize = 64;

    /// <summary>Checks that count in Init.</summary>
    /// <value>1 .. <see cref="WindowSizeValid"/>, default 4.</value>
    public int WindowSizeInit { get; init; } = 4;

    /// <summary>Checks that count in Valid.</summary>
    /// <value>1 .. <see cref="MaxWindowSize"/>, default 10.</value>
    public int WindowSizeValid { get; init; } = 10;

    /// <summary>Checks that count in Invalid.</summary>
    /// <value>1 .. <see cref="WindowSizeValid"/>, default 10.</value>
    public int WindowSizeInvalid { get; init; } = 10;

    /// <summary>Good checks that lead from Init to Valid.</summary>
    /// <value>1 .. <see cref="WindowSizeInit"/>, default 1.</value>
    public int MinOkInit { get; init; } = 1;

    /// <summary>Good checks that keep Valid.</summary>
    /// <value>1 .. <see cref="WindowSizeValid"/>, default 1.</value>
    public int MinOkValid { get; init; } = 1;

    /// <summary>Good checks that lead from Invalid to Valid.</summary>
    /// <value>1 .. <see cref="WindowSizeInvalid"/>, default 3.</value>
    public int MinOkInvalid { get; init; } = 3;

    /// <summary>Errors that Init bears.</summary>
    /// <value>0 .. <see cref="WindowSizeInit"/>, default 1.</value>
    public int MaxErrorInit { get; init; } = 1;

    /// <summary>Errors that Valid bears.</summary>
    /// <value>0 .. <see cref="WindowSizeValid"/>, default 2.</value>
    public int MaxErrorValid { get; init; } = 2;

    /// <summary>Errors that the way from Invalid to Valid bears.</summary>
    /// <value>0 .. <see cref="MaxErrorValid"/>, default 1.</value>
    public int MaxErrorInvalid { get; init; } = 1;

    /// <summary>Whether the window starts empty when Valid becomes Invalid.</summary>
    /// <value>Default false.</value>
    public bool ClearOnInvalid { get; init; }

    /// <summary>All faults; empty when the options can be used.</summary>
    public IReadOnlyList<E2eOptionFault> Faults()
    {
        var faults = new List<E2eOptionFault>();
        faults.Within(nameof(WindowSizeValid), WindowSizeValid, 1, MaxWindowSize);
        faults.Within(nameof(WindowSizeInit), WindowSizeInit, 1, WindowSizeValid);
        faults.Within(nameof(WindowSizeInvalid), WindowSizeInvalid, 1, WindowSizeValid);
        faults.Within(nameof(MinOkInit), MinOkInit, 1, WindowSizeInit);
        faults.Within(nameof(MinOkValid), MinOkValid, 1, WindowSizeValid);
        faults.Within(nameof(MinOkInvalid), MinOkInvalid, 1, WindowSizeInvalid);
        faults.Within(nameof(MaxErrorInit), MaxErrorInit, 0, WindowSizeInit);
        faults.Within(nameof(MaxErrorValid), MaxErrorValid, 0, WindowSizeValid);
        faults.Within(nameof(MaxErrorInvalid), MaxErrorInvalid, 0, MaxErrorValid);
        return faults;
    }
}
