namespace EcuAgent.CycloneDds;

/// <summary>A peer uses our topic name with another type name. DDS does not match it, so none of its samples arrives.</summary>
/// <param name="TopicName">The topic.</param>
/// <param name="TypeName">Our type.</param>
/// <param name="RemoteTypeName">The peer's type.</param>
/// <param name="RemoteIsWriter">Whether the peer is a writer (else a reader).</param>
/// <param name="TotalCount">Such peers seen so far on this topic.</param>
public readonly record struct DdsInconsistentTopic(
    string TopicName, string TypeName, string RemoteTypeName, bool RemoteIsWriter, long TotalCount);
