namespace EcuAgent.Eval;

/// <summary>The command line, read.</summary>
/// <param name="SetPaths">Files with utterances, at least one.</param>
/// <param name="ModelDirectory">Model package, or null for the bundled one.</param>
/// <param name="OutPath">File for the result; replaced when it exists.</param>
/// <param name="Limit">Most utterances, taken evenly from all sets; null for all.</param>
/// <param name="ThreadCount">Threads of one model run, 0 for the service's own choice.</param>
/// <param name="ComparePath">Result of an earlier run to compare with, or null.</param>
/// <param name="AnswersBefore">The model answers the earlier utterances of the lines itself.</param>
internal sealed record EvalSettings(IReadOnlyList<string> SetPaths, string? ModelDirectory, string OutPath, int? Limit, int ThreadCount, string? ComparePath = null, bool AnswersBefore = false);
