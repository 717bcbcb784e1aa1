global using Xunit;
global using V1 = EcuAgent.Idl.V1;
