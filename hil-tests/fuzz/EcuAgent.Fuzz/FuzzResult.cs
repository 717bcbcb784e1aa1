namespace EcuAgent.Fuzz;

/// <summary>What a run came to.</summary>
/// <param name="Executions">Inputs that were run.</param>
/// <param name="Kept">Inputs that reached something new, the seeds among them.</param>
/// <param name="SeedBranches">Branches that the seeds take.</param>
/// <param name="Branches">Branches that any input took.</param>
/// <param name="Input">The input that broke something; null when none did.</param>
/// <param name="Error">What it broke.</param>
internal sealed record FuzzResult(long Executions, int Kept, int SeedBranches, int Branches, byte[]? Input = null, Exception? Error = null);
