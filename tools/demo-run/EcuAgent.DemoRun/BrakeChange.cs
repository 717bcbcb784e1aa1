namespace EcuAgent.DemoRun;

/// <summary>The parking brake changed on the bus.</summary>
/// <param name="Engaged">To what.</param>
/// <param name="SourceTimeNs">UTC ns, the sender's clock.</param>
internal readonly record struct BrakeChange(bool Engaged, long SourceTimeNs);
