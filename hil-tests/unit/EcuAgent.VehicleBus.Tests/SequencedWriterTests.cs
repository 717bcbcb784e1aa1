using EcuAgent.Core.Ports;

namespace EcuAgent.VehicleBus.Tests;

/// <summary>One topic on two buses.</summary>
public sealed class SequencedWriterTests
{
    private readonly FakeWriter _first = new();
    private readonly FakeWriter _second = new();

    [Fact]
    public void Published_GoesToEveryBusWithOneNumber()
    {
        var writer = Writer();
        Assert.True(Write(writer));
        Assert.True(Write(writer));
        Assert.Equal([1u, 2u], _first.Numbers);
        Assert.Equal([1u, 2u], _second.Numbers);
        _second.Takes = false;
        Assert.False(Write(writer));
        Assert.Equal([1u, 2u, 3u], _first.Numbers);
    }

    [Theory]
    [InlineData(true, true, 1, 0)]
    [InlineData(true, false, 1, 0)]
    [InlineData(false, true, 0, 1)]
    public void Command_GoesToTheFirstBusWithItsEcuAndToNoOther(bool onFirst, bool onSecond, int first, int second)
    {
        (_first.HasPeer, _second.HasPeer) = (onFirst, onSecond);
        Assert.Equal(CommandWriteResult.Written, Command(Writer()));
        Assert.Equal((first, second), (_first.Numbers.Count, _second.Numbers.Count));
    }

    [Fact]
    public void Command_ThatItsBusRefuses_IsNotTriedOnTheOther()
    {
        (_first.HasPeer, _second.HasPeer, _first.Takes) = (true, true, false);
        Assert.Equal(CommandWriteResult.Refused, Command(Writer()));
        Assert.Empty(_second.Numbers);
    }

    [Fact]
    public void Command_WithoutItsEcu_TakesNoNumber()
    {
        var writer = Writer();
        Assert.Equal(CommandWriteResult.NoPeer, Command(writer));
        _second.HasPeer = true;
        Command(writer);
        Assert.Equal([1u], _second.Numbers);
    }

    [Fact]
    public void Withheld_WhileAnotherLeads_IsCountedAndReleaseLetsGoOnce()
    {
        var leads = true;
        var writer = Writer(() => leads);
        _first.HasPeer = true;
        writer.Release(default);
        Assert.Equal(0, _first.Released);
        Write(writer);
        leads = false;
        writer.Release(default);
        writer.Release(default);
        Assert.Equal((1, 1), (_first.Released, _second.Released));
        Assert.False(Write(writer));
        Assert.Equal(CommandWriteResult.Refused, Command(writer));
        Assert.Equal(2, writer.Withheld);
        Assert.Equal([1u], _first.Numbers);
    }

    [Fact]
    public void RecentMessages_TellWhatCameBefore_UntilItIsForgotten()
    {
        var recent = new RecentMessages();
        var (a, b) = (Idl.BoundedString32.From("a"), Idl.BoundedString32.From("b"));
        Assert.True(recent.IsNew(in a, 10, 1));
        Assert.False(recent.IsNew(in a, 10, 1));
        Assert.True(recent.IsNew(in b, 10, 1));
        Assert.True(recent.IsNew(in a, 10, 2));
        Assert.True(recent.IsNew(in a, 11, 1));
        for (var i = 0u; i < RecentMessages.Capacity; i++)
        {
            Assert.True(recent.IsNew(in b, 99, i + 1));
        }

        Assert.True(recent.IsNew(in a, 10, 1));
        Assert.True(recent.IsNew(in a, 0, 0));
        Assert.True(recent.IsNew(in a, 0, 0));
    }

    [Fact]
    public void ContractTypes_AreThoseOfTheContract() =>
        Assert.Equal(TopicContract.Topics.Select(t => t.Topic).Order(StringComparer.Ordinal), ContractTypes.Names.Order(StringComparer.Ordinal));

    private static bool Write(SequencedWriter<V1.GateStatus> writer)
    {
        var sample = default(V1.GateStatus);
        return writer.TryWrite(ref sample, static (ref V1.GateStatus s, uint n) => s.SequenceNumber = n);
    }

    private static CommandWriteResult Command(SequencedWriter<V1.GateStatus> writer)
    {
        var sample = default(V1.GateStatus);
        return writer.WriteToPeer(ref sample, static (ref V1.GateStatus s, uint n) => s.SequenceNumber = n);
    }

    private SequencedWriter<V1.GateStatus> Writer(Func<bool>? mayWrite = null) => new([_first, _second], mayWrite);

    private sealed class FakeWriter : ITopicWriter<V1.GateStatus>
    {
        public List<uint> Numbers { get; } = [];

        public int Released { get; private set; }

        public bool Takes { get; set; } = true;

        public bool HasPeer { get; set; }

        public bool TryWrite(in V1.GateStatus sample)
        {
            if (Takes)
            {
                Numbers.Add(sample.SequenceNumber);
            }

            return Takes;
        }

        public void Release(in V1.GateStatus key) => Released++;
    }
}
