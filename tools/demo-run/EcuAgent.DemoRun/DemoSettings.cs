namespace EcuAgent.DemoRun;

/// <summary>What the command line says.</summary>
/// <param name="DataFolder">Folder of the recordings; null when none is at hand.</param>
/// <param name="ModelFolder">Model package; null for the bundled one.</param>
/// <param name="Domain">DDS domain, 0 to 230.</param>
/// <param name="LogFolder">Where the logs of the parts go, and stay; null for a temporary folder that is deleted.</param>
internal sealed record DemoSettings(string? DataFolder, string? ModelFolder, int Domain, string? LogFolder);
