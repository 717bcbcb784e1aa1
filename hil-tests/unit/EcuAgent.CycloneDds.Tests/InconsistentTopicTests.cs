using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

public sealed class InconsistentTopicTests
{
    [Fact]
    public async Task OtherProcess_OtherTypeOnOurTopic_IsReportedWithBothNames()
    {
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        var told = new Signal<DdsInconsistentTopic>();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest, told.Raise);
        using var reader = participant.CreateReader(topic);
        using var peer = await PeerProcess.StartAsync(options.DomainId, "other", Samples.Topic);
        var report = await told.FirstAsync();
        Assert.Equal(new DdsInconsistentTopic(Samples.Topic, "contract::Sample", "contract::Other", RemoteIsWriter: true, TotalCount: 1), report);
        Assert.Equal(1, topic.InconsistentPeers);
        Assert.Equal(0, reader.MatchedCount);
    }

    [Fact]
    public async Task Topic_MadeAfterTheOtherTypeWasDiscovered_IsToldToo()
    {
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        var first = new Signal<DdsInconsistentTopic>();
        using var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest, first.Raise);
        using var peer = await PeerProcess.StartAsync(options.DomainId, "other", Samples.Topic);
        await first.FirstAsync();
        Assert.Contains(participant.GetEndpoints(), endpoint => endpoint.TypeName == "contract::Other" && endpoint.IsWriter);
        var second = new Signal<DdsInconsistentTopic>();
        using var again = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest, second.Raise);
        Assert.Equal("contract::Other", (await second.FirstAsync()).RemoteTypeName);
        Assert.Equal(1, first.Count);
    }

    [Fact]
    public void SameParticipant_OtherTypeOnTheTopic_Throws()
    {
        using var participant = Domains.NextParticipant();
        using var topic = participant.CreateTopic<Sample>(Samples.Topic);
        var exception = Assert.Throws<DdsException>(() => participant.CreateTopic<Peer.Other.Other>(Samples.Topic));
        Assert.Equal(DdsReturnCode.PreconditionNotMet, exception.ReturnCode);
        Assert.Contains("topic Sample", exception.Message);
    }
}
