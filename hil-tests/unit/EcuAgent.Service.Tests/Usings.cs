global using Xunit;

// Secrets of the registry have Unix modes.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
