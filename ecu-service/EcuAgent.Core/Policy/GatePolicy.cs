using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Policy;

/// <summary>
/// A checked, immutable market profile. Made only by <see cref="PolicyLoader"/>, so that an instance is never looser
/// than <see cref="HardFloor"/>.
/// </summary>
public sealed class GatePolicy
{
    internal const int ClassCount = 7;

    private readonly GateCell[] cells;
    private readonly ConfirmationRule?[] confirmations;
    private readonly IReadOnlySet<DrivingState> cloudHelper;

    internal GatePolicy(
        string profile,
        string sha256,
        GateCell[] cells,
        ConfirmationRule?[] confirmations,
        CommitLimits? commitLimits,
        IReadOnlySet<DrivingState> cloudHelper)
    {
        Profile = profile;
        Sha256 = sha256;
        this.cells = cells;
        this.confirmations = confirmations;
        CommitLimits = commitLimits;
        this.cloudHelper = cloudHelper;
    }

    /// <summary>Name of the profile, for example "strict"; at most 32 characters.</summary>
    public string Profile { get; }

    /// <summary>Lower-case hexadecimal SHA-256 of the policy file's bytes.</summary>
    public string Sha256 { get; }

    /// <summary>Limits of a commit outside the parked state; null where the table lets none through.</summary>
    public CommitLimits? CommitLimits { get; }

    /// <summary>The cell for a class and a state; undefined values are refused or read as unknown.</summary>
    public GateCell Cell(ActionClass actionClass, DrivingState state) =>
        (uint)actionClass < ClassCount ? cells[Index(actionClass, state)] : default;

    /// <summary>What counts as a yes in <paramref name="state"/>; null where nothing may be confirmed.</summary>
    public ConfirmationRule? Confirmation(DrivingState state) => confirmations[state.Strictness()];

    /// <summary>
    /// Whether a helper outside the car may be asked in <paramref name="state"/> what an utterance means. It says nothing about what may
    /// then be done: that is the table's, for calls from anywhere. Never while the state is unknown.
    /// </summary>
    public bool AllowsCloudHelper(DrivingState state) => state.Known() != DrivingState.Unknown && cloudHelper.Contains(state);

    internal static int Index(ActionClass actionClass, DrivingState state) =>
        ((int)actionClass * DrivingStates.Count) + state.Strictness();
}
