using EcuAgent.Idl.V1;

namespace EcuAgent.EcuSim;

/// <summary>What an ECU answers to one command.</summary>
/// <param name="Kind">Completed, rejected or failed.</param>
/// <param name="Reason">A code: "ok", "limited", "expired", "unknown_action", "out_of_range", "no_route", ...</param>
/// <param name="Detail">A text for people.</param>
/// <param name="Applied">What was really set, in the unit of the command; null where nothing has a number.</param>
internal readonly record struct Outcome(OutcomeKind Kind, string Reason, string Detail = "", double? Applied = null)
{
    public static Outcome Completed(double? applied = null, string detail = "") => new(OutcomeKind.Completed, "ok", detail, applied);

    public static Outcome Limited(double applied, string detail) => new(OutcomeKind.Completed, "limited", detail, applied);

    public static Outcome Rejected(string reason, string detail) => new(OutcomeKind.Rejected, reason, detail);
}
