using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>The service entered a driving state.</summary>
/// <param name="State">Which.</param>
/// <param name="SourceTimeNs">UTC ns, the service's clock.</param>
internal readonly record struct StateEntry(V1.DrivingState State, long SourceTimeNs);
