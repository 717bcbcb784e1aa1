using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commands;

/// <summary>How a command stands or ended.</summary>
/// <param name="Command">The command.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Reason">Code of the ECU or of <see cref="CommandReasons"/>; may be empty.</param>
/// <param name="Detail">Text of the ECU for people; may be empty.</param>
/// <param name="AppliedValue">What the ECU says it really set, or null.</param>
public sealed record CommandResult(VehicleCommand Command, CommandState State, string Reason = "", string Detail = "", double? AppliedValue = null)
{
    /// <summary>True when nothing can change it any more.</summary>
    public bool IsFinal => State is not (CommandState.Issued or CommandState.Accepted);
}
