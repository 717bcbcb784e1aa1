namespace EcuAgent.CycloneDds;

/// <summary>PUBLICATION_MATCHED or SUBSCRIPTION_MATCHED: a peer came or went.</summary>
/// <param name="CurrentCount">Peers matched now.</param>
/// <param name="CurrentCountChange">+1 when one came, -1 when one went.</param>
/// <param name="TotalCount">Peers ever matched.</param>
/// <param name="PeerHandle">Instance handle of the peer; for a reader equal to <see cref="DdsSampleInfo.PublicationHandle"/>.</param>
public readonly record struct DdsMatched(uint CurrentCount, int CurrentCountChange, uint TotalCount, ulong PeerHandle);
