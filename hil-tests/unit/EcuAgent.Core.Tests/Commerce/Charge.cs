namespace EcuAgent.Core.Tests.Commerce;

/// <summary>Money that moved.</summary>
internal sealed record Charge(string SessionId, long MinorUnits);
