namespace EcuAgent.Commerce;

/// <summary>Settings of the commerce adapter. Who may be bought from stands in the registry file; secrets are never a setting.</summary>
public sealed record CommerceOptions
{
    /// <summary>The registry of merchants (<c>merchants.json</c>). Default none, which means no merchant and no payment.</summary>
    public string? RegistryFile { get; init; }

    /// <summary>Longest time for one call of the port in all, repeats and waits included, 500 ms to 2 min. Default 15 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time for one request that may be repeated, 200 ms to 1 min. Default 6 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Longest time for the one request that orders and pays, 1 s to 3 min. Default 40 s: merchants authorize the payment in it.</summary>
    public TimeSpan CompleteTimeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Longest time to connect, 100 ms to 30 s. Default 4 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a request that may be repeated is repeated at most, 0 to 5. Default 2.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>Largest answer in bytes but for a product feed, 4 KiB to 4 MiB. Default 512 KiB.</summary>
    public int MaxAnswerBytes { get; init; } = 512 * 1024;

    /// <summary>Largest product feed in bytes, 4 KiB to 64 MiB. Default 4 MiB.</summary>
    public int MaxFeedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many product feeds are kept, 1 to 256. Default 32; the least recently used one is dropped.</summary>
    public int FeedsKept { get; init; } = 32;

    /// <summary>How long a kept feed is used without asking whether it changed, 0 to 1 h. Default 1 min.</summary>
    public TimeSpan FeedFreshFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a merchant's discovery document is used, 1 min to 1 day. Default 1 h, which the protocol recommends.</summary>
    public TimeSpan DiscoveryHolds { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How old or how far in the future the signature of a webhook, or of an answer in UCP, may be, 1 s to 1 h. Default 5 min, which the protocol recommends.</summary>
    public TimeSpan WebhookTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many webhook events and orders are remembered to find duplicates and late ones, 16 to 65,536. Default 1024; the least recently used one is dropped.</summary>
    public int WebhooksRemembered { get; init; } = 1024;

    /// <summary>Every setting that is wrong, each with name, value and what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (RegistryFile is not null && string.IsNullOrWhiteSpace(RegistryFile))
        {
            faults.Add($"{nameof(RegistryFile)} = '{RegistryFile}'; allowed: a file, or leave the setting out");
        }

        Check(nameof(CallTimeout), CallTimeout, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(2));
        Check(nameof(AttemptTimeout), AttemptTimeout, TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1));
        Check(nameof(CompleteTimeout), CompleteTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3));
        Check(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        Check(nameof(Repeats), Repeats, 0, 5);
        Check(nameof(MaxAnswerBytes), MaxAnswerBytes, 4096, 4 * 1024 * 1024);
        Check(nameof(MaxFeedBytes), MaxFeedBytes, 4096, 64 * 1024 * 1024);
        Check(nameof(FeedsKept), FeedsKept, 1, 256);
        Check(nameof(FeedFreshFor), FeedFreshFor, TimeSpan.Zero, TimeSpan.FromHours(1));
        Check(nameof(DiscoveryHolds), DiscoveryHolds, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        Check(nameof(WebhookTolerance), WebhookTolerance, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(nameof(WebhooksRemembered), WebhooksRemembered, 16, 65_536);
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
