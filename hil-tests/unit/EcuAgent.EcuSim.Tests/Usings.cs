global using EcuAgent.Idl;
global using EcuAgent.Idl.V1;
global using Xunit;
