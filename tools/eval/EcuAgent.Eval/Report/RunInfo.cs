namespace EcuAgent.Eval.Report;

/// <summary>What is known about a run besides its scores.</summary>
/// <param name="Time">Start, UTC.</param>
/// <param name="Model">What was measured.</param>
/// <param name="Sets">What it was measured on.</param>
/// <param name="Machine">Where.</param>
/// <param name="AnswersBefore">Whether the model answered the earlier utterances of the lines itself.</param>
internal sealed record RunInfo(DateTimeOffset Time, ModelInfo Model, IReadOnlyList<SetInfo> Sets, MachineInfo Machine, bool AnswersBefore = false);

/// <summary>The model that was measured.</summary>
/// <param name="Name">Name in its manifest.</param>
/// <param name="ManifestSha256">SHA-256 of manifest.json, which holds the hashes of all other files of the package.</param>
internal sealed record ModelInfo(string Name, string ManifestSha256);

/// <summary>A set that was measured on.</summary>
/// <param name="File">File name without folder.</param>
/// <param name="Sha256">SHA-256 of the file as it is on disk.</param>
/// <param name="Count">Utterances in the file; a limit may have taken fewer of them.</param>
internal sealed record SetInfo(string File, string Sha256, int Count);

/// <summary>The machine, as far as times depend on it.</summary>
/// <param name="Cores">Processors that the process may use.</param>
/// <param name="Os">Operating system.</param>
/// <param name="Architecture">Processor architecture.</param>
/// <param name="Threads">Threads asked for one model run; 0 is the service's own choice.</param>
internal sealed record MachineInfo(int Cores, string Os, string Architecture, int Threads);
