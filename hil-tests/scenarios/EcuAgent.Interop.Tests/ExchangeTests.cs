namespace EcuAgent.Interop.Tests;

/// <summary>Every field of every topic in both directions, and what a reader gets that comes late.</summary>
public abstract class ExchangeTests(PeerRig rig)
{
    private static readonly SampleKind[] Kinds = Enum.GetValues<SampleKind>();

    public static TheoryData<string> Topics => [.. Contract.Topics];

    public static TheoryData<string> TransientLocalTopics => [.. Contract.TransientLocal];

    public static TheoryData<string> VolatileTopics => [.. Contract.Volatile];

    private protected abstract PeerStack Stack { get; }

    [Theory]
    [MemberData(nameof(Topics))]
    public async Task PeerWrites_EveryField_ArrivesHere(string name)
    {
        var peer = await rig.PeerAsync(Stack);
        var topic = ContractTopic.Named(name);
        var mark = await peer.OpenWriterAsync(name);
        using (var reader = topic.OpenReader(rig.Participant))
        {
            await reader.MatchAsync();
            await peer.MatchedAsync("writer", name, 1, mark);
            foreach (var kind in Kinds)
            {
                var sample = topic.Sample(kind);
                await peer.WriteAsync(name, sample);
                Assert.Empty(SampleJson.Differences(sample, await reader.NextAsync()));
            }
        }

        await peer.MatchedAsync("writer", name, 0, mark);
        await peer.CloseWriterAsync(name);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public async Task WeWrite_EveryField_ArrivesAtPeer(string name)
    {
        var peer = await rig.PeerAsync(Stack);
        var topic = ContractTopic.Named(name);
        var mark = await peer.OpenReaderAsync(name);
        using (var writer = topic.OpenWriter(rig.Participant))
        {
            await writer.MatchAsync();
            await peer.MatchedAsync("reader", name, 1, mark);
            foreach (var kind in Kinds)
            {
                var before = peer.Mark;
                writer.Write(kind);
                Assert.Empty(SampleJson.Differences(topic.Sample(kind), await peer.SampleAsync(name, _ => true, before)));
            }
        }

        await peer.MatchedAsync("reader", name, 0, mark);
        await peer.CloseReaderAsync(name);
    }

    [Theory]
    [MemberData(nameof(TransientLocalTopics))]
    public async Task LateReader_TransientLocal_GetsTheLastSample(string name)
    {
        var peer = await rig.PeerAsync(Stack);
        var topic = ContractTopic.Named(name);
        var wanted = topic.Sample(SampleKind.Distinct);
        var mark = await peer.OpenWriterAsync(name);
        await peer.WriteAsync(name, wanted);
        using (var reader = topic.OpenReader(rig.Participant))
        {
            Assert.Empty(SampleJson.Differences(wanted, await reader.NextAsync()));
            await peer.MatchedAsync("writer", name, 1, mark);
        }

        await peer.MatchedAsync("writer", name, 0, mark);
        await peer.CloseWriterAsync(name);

        using (var writer = topic.OpenWriter(rig.Participant))
        {
            writer.Write(SampleKind.Distinct);
            mark = await peer.OpenReaderAsync(name);
            Assert.Empty(SampleJson.Differences(wanted, await peer.SampleAsync(name, _ => true, mark)));
            await peer.MatchedAsync("reader", name, 1, mark);
        }

        await peer.MatchedAsync("reader", name, 0, mark);
        await peer.CloseReaderAsync(name);
    }

    [Theory]
    [MemberData(nameof(VolatileTopics))]
    public async Task LateReader_Volatile_GetsNothingOld(string name)
    {
        var peer = await rig.PeerAsync(Stack);
        var topic = ContractTopic.Named(name);
        var mark = await peer.OpenWriterAsync(name);
        await peer.WriteAsync(name, topic.Sample(SampleKind.Distinct));
        using (var reader = topic.OpenReader(rig.Participant))
        {
            await reader.MatchAsync();
            await peer.MatchedAsync("writer", name, 1, mark);
            await peer.WriteAsync(name, topic.Sample(SampleKind.Extreme));
            Assert.Empty(SampleJson.Differences(topic.Sample(SampleKind.Extreme), await reader.NextAsync()));
        }

        await peer.MatchedAsync("writer", name, 0, mark);
        await peer.CloseWriterAsync(name);

        using (var writer = topic.OpenWriter(rig.Participant))
        {
            writer.Write(SampleKind.Distinct);
            mark = await peer.OpenReaderAsync(name);
            await writer.MatchAsync();
            await peer.MatchedAsync("reader", name, 1, mark);
            writer.Write(SampleKind.Extreme);
            Assert.Empty(SampleJson.Differences(topic.Sample(SampleKind.Extreme), await peer.SampleAsync(name, _ => true, mark)));
        }

        await peer.MatchedAsync("reader", name, 0, mark);
        await peer.CloseReaderAsync(name);
    }
}
