namespace EcuAgent.Commerce.Journal;

/// <summary>Where the journal is and how much it keeps.</summary>
public sealed record PurchaseJournalOptions
{
    /// <summary>Folder of the journal's files, its own and nobody else's to write; made where it is missing. Default <see cref="JournalFolder.Default"/>.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// How long a purchase that is over is kept after its last state, 30 to 3650 days. Default 400 days: a year of receipts, and time to complain.
    /// It goes only when <see cref="PurchaseJournal.PurgeAsync"/> is called, which the service does once a day.
    /// </summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Most purchases, 1 to 1,000,000. Default 10,000. When they are there, a new purchase is refused; those under way go on.</summary>
    public int MaximumPurchases { get; init; } = 10_000;

    /// <summary>
    /// Largest size of the database in bytes, 256 KiB to 4 GiB. Default 256 MiB. When seven eighths are used, a new purchase is refused, so that
    /// those under way have room; when all is used, every write is.
    /// </summary>
    public long MaximumFileBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Largest size of one state in bytes of its texts as UTF-8, 4 KiB to 1 MiB. Default 64 KiB. A larger one is refused.</summary>
    public int MaximumStateBytes { get; init; } = 64 * 1024;

    /// <summary>How long a lock of another process is waited for, 1 to 30 whole seconds. Default 2 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The folder in use.</summary>
    public string ResolvedDirectory => Path.GetFullPath(Directory ?? JournalFolder.Default);

    /// <summary>Every setting that is wrong, each with name, value and what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Directory is not null && string.IsNullOrWhiteSpace(Directory))
        {
            faults.Add($"{nameof(Directory)} = '{Directory}'; allowed: a folder, or leave the setting out");
        }

        Check(nameof(Retention), Retention, TimeSpan.FromDays(30), TimeSpan.FromDays(3650));
        Check(nameof(MaximumPurchases), MaximumPurchases, 1, 1_000_000);
        Check(nameof(MaximumFileBytes), MaximumFileBytes, 256 * 1024, 4L * 1024 * 1024 * 1024);
        Check(nameof(MaximumStateBytes), MaximumStateBytes, 4096, 1024 * 1024);
        Check(nameof(BusyTimeout), BusyTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        if (BusyTimeout.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            faults.Add($"{nameof(BusyTimeout)} = {BusyTimeout}; allowed: whole seconds");
        }

        return faults;

        void Check<T>(string name, T value, T lowest, T highest)
            where T : IComparable<T>
        {
            if (value.CompareTo(lowest) < 0 || value.CompareTo(highest) > 0)
            {
                faults.Add(FormattableString.Invariant($"{name} = {value}; allowed: {lowest} to {highest}"));
            }
        }
    }
}
