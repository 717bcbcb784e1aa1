global using EcuAgent.Scenarios.Tests.Rig;
global using Xunit;
