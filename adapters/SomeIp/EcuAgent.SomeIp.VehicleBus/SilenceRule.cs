using EcuAgent.SomeIp.Services;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>
/// When a subscription that its server still acknowledges is made anew: the server may have forgotten it. Only a group with a cyclic topic tells; after
/// that topic has stayed away for a few of its deadlines.
/// </summary>
internal static class SilenceRule
{
    private const int Deadlines = 4;

    /// <summary>The subscription to an eventgroup with these topics.</summary>
    public static SomeIpSubscriptionOptions OptionsOf(ushort group, IReadOnlyList<MappedTopic> topics)
    {
        var cyclic = topics.Select(topic => (topic.Id, TopicContract.Of(topic.Topic).DeadlineMs)).Where(topic => topic.DeadlineMs is not null).ToList();
        return new SomeIpSubscriptionOptions
        {
            EventgroupId = group,
            Transports = [topics[0].Transport.ToSomeIp()],
            SilenceLimit = cyclic.Count > 0 ? TimeSpan.FromMilliseconds(cyclic.Max(topic => topic.DeadlineMs!.Value) * Deadlines) : null,
            HeardEvents = [.. cyclic.Select(topic => topic.Id)],
        };
    }
}
