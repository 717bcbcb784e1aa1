namespace EcuAgent.EcuCtl.Assignments;

/// <summary>Settings, or why there are none.</summary>
internal readonly record struct AssignmentResult(SignalSettings? Settings, string Error)
{
    public static AssignmentResult Of(SignalSettings settings) => new(settings, "");

    public static AssignmentResult Refused(string error) => new(null, error);
}
