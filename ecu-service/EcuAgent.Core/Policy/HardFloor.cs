using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Policy;

/// <summary>
/// The loosest table that any policy file may have. It is code, not configuration: a profile can only be stricter.
/// It equals the profile "strict" but for a commit while idling or moving, which a profile may open to a confirmation by
/// voice under commit limits.
/// </summary>
internal static class HardFloor
{
    private static readonly GateCell Deny = new(GateVerdict.Deny, false, default);
    private static readonly GateCell Defer = new(GateVerdict.Defer, false, default);
    private static readonly GateCell Confirm = new(GateVerdict.Confirm, false, default);
    private static readonly GateCell ConfirmVoice = new(GateVerdict.Confirm, true, default);
    private static readonly GateCell Allow = new(GateVerdict.Allow, false, default);
    private static readonly GateCell AllowBrief = new(GateVerdict.Allow, false, new(2, null));
    private static readonly GateCell AllowVoice = new(GateVerdict.Allow, true, default);
    private static readonly GateCell AllowThree = new(GateVerdict.Allow, true, new(null, 3));

    internal static GateCell Cell(ActionClass actionClass, DrivingState state) => (actionClass, state) switch
    {
        (ActionClass.Inform, DrivingState.Parked or DrivingState.Idling) => Allow,
        (ActionClass.Inform, _) => AllowBrief,

        (ActionClass.Comfort, _) => Allow,

        (ActionClass.Navigate, DrivingState.Parked or DrivingState.Idling) => Allow,
        (ActionClass.Navigate, _) => AllowVoice,

        (ActionClass.Browse, DrivingState.Parked) => Allow,
        (ActionClass.Browse, _) => AllowThree,

        (ActionClass.Prepare, DrivingState.Parked) => Allow,
        (ActionClass.Prepare, DrivingState.Idling or DrivingState.Moving) => AllowVoice,
        (ActionClass.Prepare, _) => Defer,

        (ActionClass.Commit, DrivingState.Parked) => Confirm,
        (ActionClass.Commit, DrivingState.Idling or DrivingState.Moving) => ConfirmVoice,
        (ActionClass.Commit, _) => Defer,

        (ActionClass.Setup, DrivingState.Parked) => Allow,
        _ => Deny,
    };
}
