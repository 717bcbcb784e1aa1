global using System.Text.Json;
global using System.Text.Json.Nodes;
global using EcuAgent.Commerce.Mcp.Connection;
global using EcuAgent.Commerce.Mcp.Tests.Support;
global using EcuAgent.Commerce.Mcp.Tools;
global using EcuAgent.Commerce.Registry;
global using EcuAgent.Commerce.Tests.Support;
global using EcuAgent.Core.Commerce;
global using EcuAgent.Core.Gate;
global using EcuAgent.Core.Ports;
global using EcuAgent.Core.Tools;
global using EcuAgent.Signals;
global using Xunit;

// Secrets have Unix modes.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
