using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>A command to the climate ECU.</summary>
internal sealed record HvacStep(string CommandId, V1.HvacCommand Command);
