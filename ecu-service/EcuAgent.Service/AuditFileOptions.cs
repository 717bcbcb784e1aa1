namespace EcuAgent.Service;

/// <summary>The audit file.</summary>
internal sealed class AuditFileOptions
{
    /// <summary>Folder of the audit files; default the user's state folder (XDG_STATE_HOME, ~/.local/state), "ecuagent/audit".</summary>
    public string? Directory { get; init; }

    /// <summary>A new file is begun at this size, 64 KiB to 256 MiB. Default 4 MiB: the tail is verified at each start.</summary>
    public long MaxFileBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Where the files go.</summary>
    public string ResolvedDirectory => Directory ?? Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "ecuagent",
        "audit");
}
