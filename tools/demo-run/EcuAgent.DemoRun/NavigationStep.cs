using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>A command to the navigation ECU.</summary>
internal sealed record NavigationStep(string CommandId, V1.NavigationCommand Command);
