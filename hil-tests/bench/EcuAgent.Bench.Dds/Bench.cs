using EcuAgent.CycloneDds;

namespace EcuAgent.Bench.Dds;

/// <summary>What ping and pong agree on; the QoS is that of ddsperf's ping topics.</summary>
internal static class Bench
{
    internal const string PingTopic = "BenchPing";
    internal const string PongTopic = "BenchPong";

    /// <summary>Room for more than one sample, so that one take says that there is no more. ddsperf does the same.</summary>
    internal const int Batch = 16;

    internal static DdsQos Qos { get; } = DdsQos.ReliableLatest;

    internal static DdsParticipantOptions Options(uint domainId) => new() { DomainId = domainId, Name = "bench", ReportInconsistentTopics = false };
}
