using EcuAgent.Core.Ports;
using EcuAgent.Core.Standby;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Standby;

public class UtteranceLedgerTests
{
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly UtteranceLedger _ledger;

    public UtteranceLedgerTests() => _ledger = new UtteranceLedger(_time, Expiry);

    [Fact]
    public void TakeOpen_GivesWhatNobodyRepliedToInOrderAndOnce()
    {
        Hear("a", "b", "c", "d");
        _ledger.Answered("b");
        _ledger.Commanded("c");

        Assert.Equal([("a", UtteranceTakeOver.CarryOut), ("c", UtteranceTakeOver.TellOnly), ("d", UtteranceTakeOver.CarryOut)], Open());
        Assert.Empty(Open());
    }

    [Fact]
    public void TakeOpen_RepliedOrCommandedBeforeItWasHeard_IsKnownAllTheSame()
    {
        _ledger.Answered("a");
        _ledger.Commanded("b");
        Hear("a", "b");

        Assert.Equal([("b", UtteranceTakeOver.TellOnly)], Open());
    }

    [Fact]
    public void TakeOpen_OlderThanACommandLives_IsToldOnly()
    {
        Hear("a");
        _time.Advance(Expiry - TimeSpan.FromMilliseconds(1));
        Hear("b");
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([("a", UtteranceTakeOver.TellOnly), ("b", UtteranceTakeOver.CarryOut)], Open());
    }

    [Fact]
    public void TakeOpen_AfterHalfAMinute_IsForgotten()
    {
        Hear("a");
        _time.Advance(UtteranceLedger.KeptFor);
        Assert.Empty(Open());
    }

    [Fact]
    public void Heard_MoreThanThereIsRoomFor_ForgetsTheOldestAndCountsTheOpenOnes()
    {
        Hear("a", "b");
        _ledger.Answered("a");
        Hear([.. Enumerable.Range(0, UtteranceLedger.Capacity).Select(i => $"n{i}")]);

        Assert.Equal(1, _ledger.ForgottenCount);
        Assert.Equal(Enumerable.Range(0, UtteranceLedger.Capacity).Select(i => $"n{i}"), Open().Select(o => o.Id));
    }

    private void Hear(params string[] ids)
    {
        foreach (var id in ids)
        {
            _ledger.Heard(new Utterance { UtteranceId = id, Text = "warmer", AsrConfidence = 1, Received = _time.GetUtcNow() });
        }
    }

    private List<(string Id, UtteranceTakeOver How)> Open() => [.. _ledger.TakeOpen().Select(u => (u.UtteranceId, u.TakeOver))];
}
