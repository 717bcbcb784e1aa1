namespace EcuAgent.CycloneDds;

/// <summary>LIVELINESS_CHANGED: a matched writer came alive, stopped giving signs of life, or went.</summary>
/// <param name="AliveCount">Writers alive now.</param>
/// <param name="NotAliveCount">Writers known but not alive now.</param>
/// <param name="AliveCountChange">Change of <paramref name="AliveCount"/>.</param>
/// <param name="NotAliveCountChange">Change of <paramref name="NotAliveCount"/>.</param>
/// <param name="PublicationHandle">The writer, see <see cref="DdsSampleInfo.PublicationHandle"/>.</param>
public readonly record struct DdsLivelinessChanged(
    uint AliveCount, uint NotAliveCount, int AliveCountChange, int NotAliveCountChange, ulong PublicationHandle);
