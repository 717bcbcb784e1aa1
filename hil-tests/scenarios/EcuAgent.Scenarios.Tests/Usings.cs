global using System.Text.Json;
global using Xunit;
global using V1 = EcuAgent.Idl.V1;

// Two cores have to carry the service, the simulators and the model; tests beside each other would only measure that.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
