namespace EcuAgent.Core.Audit;

/// <summary>Where and how the audit is kept.</summary>
public sealed record AuditOptions
{
    /// <summary>Folder of the audit files; made if it is not there. One process at a time.</summary>
    public required string Directory { get; init; }

    /// <summary>A file that has reached this size is followed by a new one, in bytes.</summary>
    /// <value>64 KiB .. 256 MiB; default 4 MiB: the newest file is checked as a whole at start.</value>
    public long MaxFileBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Whether every record is forced to the medium before it counts as written.</summary>
    /// <value>Default true; false only where the loss of the last seconds at power failure is acceptable.</value>
    public bool FlushToDisk { get; init; } = true;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxFileBytes, 256 * 1024 * 1024);
    }
}
