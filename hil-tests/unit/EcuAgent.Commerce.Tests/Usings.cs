global using EcuAgent.Commerce;
global using EcuAgent.Commerce.Registry;
global using EcuAgent.Commerce.Tests.Support;
global using EcuAgent.Core.Commerce;
global using EcuAgent.Core.Gate;
global using EcuAgent.Core.Ports;
global using Xunit;

// Secrets and the buyer's profile have Unix modes.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
