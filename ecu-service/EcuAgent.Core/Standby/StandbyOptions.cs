namespace EcuAgent.Core.Standby;

/// <summary>A hot-standby pair on one domain: one leads, the other one is ready to.</summary>
public sealed record StandbyOptions
{
    private const int PrimaryStrength = 200;
    private const int BackupStrength = 100;
    private const int HighestStrength = 1_000_000;

    private static readonly TimeSpan ShortestLease = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestLease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTakeBack = TimeSpan.FromHours(1);

    /// <summary>Primary, Backup or, by default, neither.</summary>
    public StandbyPlace Role { get; init; }

    /// <summary>OWNERSHIP_STRENGTH, 1 to 1000000; null: 200 for the primary, 100 for the backup. The two must differ.</summary>
    public int? Strength { get; init; }

    /// <summary>
    /// How long after the leader's last sign of life the follower commands at the latest, 0.2 to 10 s and at most half of a command's life, so that the
    /// ECU still knows what the dead leader commanded. Default 1 s.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stronger service must have been well, and nothing been going on, before it gets the lead back; 1 s to 1 h. Default 10 s.</summary>
    public TimeSpan TakeBackAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether this service is one of a pair.</summary>
    public bool IsOn => Role != StandbyPlace.Off;

    /// <summary>The strength that holds.</summary>
    public int ResolvedStrength => Strength ?? (Role == StandbyPlace.Primary ? PrimaryStrength : BackupStrength);

    /// <summary>Between two signs of life.</summary>
    internal TimeSpan BeatPeriod => Lease / 8;

    /// <summary>
    /// How long a leader may act on one sign of life, and the LIVELINESS lease of its writers. Shorter than <see cref="TakeOverAfter"/>, so that a
    /// leader that was held up has stopped, and every reader let go of it, before another one begins.
    /// </summary>
    public TimeSpan OwnLease => Lease * 0.625;

    /// <summary>How long a leader has to be silent before it is taken for dead. What is left of the lease is for the first command.</summary>
    internal TimeSpan TakeOverAfter => Lease * 0.75;

    /// <summary>How long a service that starts listens for a leader.</summary>
    internal TimeSpan JoinFor => Lease * 2;

    /// <summary>Every setting that is wrong, with name, value and what is allowed.</summary>
    /// <param name="commandExpiry">How long a command lives.</param>
    public IEnumerable<string> Faults(TimeSpan commandExpiry)
    {
        if (!Enum.IsDefined(Role))
        {
            yield return $"Role = {Role}; allowed: Off, Primary or Backup";
        }

        if (Strength is < 1 or > HighestStrength)
        {
            yield return $"Strength = {Strength}; allowed: 1 to {HighestStrength}, or leave the setting out";
        }

        if (Strength is not null && Role == StandbyPlace.Off)
        {
            yield return $"Strength = {Strength}; allowed: only together with Role Primary or Backup";
        }

        if (Lease < ShortestLease || Lease > LongestLease)
        {
            yield return $"Lease = {Lease}; allowed: {ShortestLease} to {LongestLease}";
        }
        else if (IsOn && Lease > commandExpiry / 2)
        {
            yield return $"Lease = {Lease}; allowed: at most half of Agent:CommandExpiry = {commandExpiry}";
        }

        if (TakeBackAfter < TimeSpan.FromSeconds(1) || TakeBackAfter > LongestTakeBack)
        {
            yield return $"TakeBackAfter = {TakeBackAfter}; allowed: {TimeSpan.FromSeconds(1)} to {LongestTakeBack}";
        }
    }
}
