global using System.Text.Json.Nodes;
global using EcuAgent.CycloneDds;
global using EcuAgent.CycloneDds.VehicleBus;
global using EcuAgent.Interop.Tests.Peers;
global using EcuAgent.Interop.Tests.Samples;
global using EcuAgent.Scenarios.Tests.Rig;
global using EcuAgent.Signals;
global using EcuAgent.VehicleBus;
global using Xunit;
global using V1 = EcuAgent.Idl.V1;

// Two cores have to carry both stacks; tests beside each other would only measure that.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
