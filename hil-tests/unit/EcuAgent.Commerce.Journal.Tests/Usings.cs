global using EcuAgent.Commerce.Journal;
global using EcuAgent.Commerce.Journal.Tests.Support;
global using EcuAgent.Core.Commerce;
global using Xunit;

// The journal's files have Unix modes.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
