global using EcuAgent.QwenCloud;
global using EcuAgent.QwenCloud.Privacy;
global using EcuAgent.QwenCloud.Tests.Support;
global using Xunit;

// Files of the privacy folder and the key have Unix modes.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
