namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>Exclusive ownership as a hot-standby pair of services uses it.</summary>
/// <param name="Strength">OWNERSHIP_STRENGTH of what is written; readers follow the strongest writer that lives.</param>
/// <param name="Lease">LIVELINESS lease of what is written: without a sign of life for so long its readers take another writer.</param>
public sealed record PairOwnership(int Strength, TimeSpan Lease)
{
    /// <summary>For those who only read the topics of a pair.</summary>
    public static PairOwnership Reader { get; } = new(0, Timeout.InfiniteTimeSpan);

    // A killed service: not every stack asks for the LIVELINESS of its writers, all keep the lease of the participant.
    internal DdsParticipantOptions ToParticipantOptions(DdsParticipantOptions options) =>
        Lease == Timeout.InfiniteTimeSpan ? options : options with { Lease = Lease };

    // Not automatic: Cyclone's own thread would go on saying that a service lives which does nothing any more.
    internal DdsQos ToWriterQos() => new()
    {
        OwnershipStrength = Strength,
        Liveliness = DdsLiveliness.ManualByParticipant,
        LivelinessLease = Lease,
    };
}
