namespace EcuAgent.Bench.Service;

/// <summary>What one bench found.</summary>
/// <param name="Ok">Every limit was kept.</param>
/// <param name="Values">Goes into the JSON as it is.</param>
internal sealed record Outcome(bool Ok, object Values);
