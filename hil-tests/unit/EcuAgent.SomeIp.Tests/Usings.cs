global using EcuAgent.Fuzz;
global using Xunit;
