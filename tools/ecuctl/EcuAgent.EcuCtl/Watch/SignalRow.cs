namespace EcuAgent.EcuCtl.Watch;

/// <summary>One signal of one source as the table shows it.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Source">The ECU that writes it.</param>
/// <param name="Value">Value with its unit.</param>
/// <param name="SourceTime">When the source took it.</param>
/// <param name="Validity">As the source says; "gone" when nobody writes it any more.</param>
/// <param name="MaximumAge">From then on it is stale.</param>
internal sealed record SignalRow(string Topic, string Source, string Value, DateTimeOffset SourceTime, string Validity, TimeSpan MaximumAge)
{
    public const string Gone = "gone";

    public TimeSpan Age(DateTimeOffset now) => now - SourceTime;

    /// <summary>What the source says, or "stale" for a valid value that is too old.</summary>
    public string Quality(DateTimeOffset now) => Validity == "valid" && Age(now) > MaximumAge ? "stale" : Validity;
}
