using EcuAgent.Core.Agent;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>Two services that hear the same utterance, and one that takes up what another left.</summary>
public class TakeOverTurnTests
{
    [Fact]
    public async Task TwoAgents_SameUtterance_GiveTheSameCommandIdsAndOthersForTheNextOne()
    {
        using var first = Rig();
        using var second = Rig();
        var said = Heard(first, "ecu.speech/5/1");

        var ids = await IdsAsync(first, said);
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal('8', Guid.Parse(id).ToString()[14]));
        second.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ids, await IdsAsync(second, said with { TakeOver = UtteranceTakeOver.CarryOut }));

        using var third = Rig();
        Assert.Empty(ids.Intersect(await IdsAsync(third, said with { Origin = "ecu.speech/6/2" })));
    }

    [Fact]
    public async Task Utterance_HeardByNobodyElse_HasCommandIdsOfItsOwn()
    {
        using var first = Rig();
        using var second = Rig();
        var said = first.Said("both");
        Assert.Empty((await IdsAsync(first, said)).Intersect(await IdsAsync(second, said)));
    }

    [Fact]
    public async Task TakenOver_LivesNoLongerThanTheCommandOfTheFirst()
    {
        using var rig = Rig();
        var said = Heard(rig, "ecu.speech/5/1");
        rig.Time.Advance(TimeSpan.FromSeconds(3));

        await IdsAsync(rig, said with { TakeOver = UtteranceTakeOver.CarryOut });

        Assert.All(rig.Ports.Commands, c => Assert.Equal(said.Sent + TimeSpan.FromSeconds(5), c.Expires));
    }

    [Fact]
    public async Task Utterance_OlderThanACommandLives_IsNoRepetition()
    {
        using var first = Rig();
        using var second = Rig();
        var said = Heard(first, "ecu.speech/5/1");
        first.Time.Advance(TimeSpan.FromSeconds(5));
        second.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty((await IdsAsync(first, said)).Intersect(await IdsAsync(second, said)));
    }

    [Theory]
    [InlineData("en", "I was interrupted, please see whether that was done, or say it again.")]
    [InlineData("zh", "刚才中断了一下，请看看是否已经完成，或者再说一遍。")]
    public async Task TakenOver_MayHaveBeenCarriedOut_IsToldAndNothingIsDone(string language, string reply)
    {
        using var rig = Rig();
        var said = Heard(rig, "ecu.speech/5/1") with { TakeOver = UtteranceTakeOver.TellOnly, Language = language };

        var report = await rig.Agent.HandleUtteranceAsync(said, CancellationToken.None);

        Assert.Equal((TurnStatus.Interrupted, reply), (report.Status, report.ReplyText));
        Assert.Empty(rig.Ports.Commands);
        Assert.Equal(AgentReasons.Interrupted, Assert.Single(rig.Ports.Decisions).Reason);
    }

    [Fact]
    public async Task TakenOver_ManyAtOnce_AreAllCarriedOutInOrderAndNoneIsBusy()
    {
        using var rig = new AgentRig();
        rig.Park();
        for (var level = 1; level <= 7; level++)
        {
            rig.Model.On($"fan {level}", ("set_fan", new { level }));
        }

        var turns = Enumerable.Range(1, 7)
            .Select(level => rig.Agent.HandleUtteranceAsync(rig.Said($"fan {level}") with { TakeOver = UtteranceTakeOver.CarryOut }, CancellationToken.None))
            .ToList();

        Assert.All(await Task.WhenAll(turns), report => Assert.Equal(TurnStatus.Done, report.Status));
        Assert.Equal(Enumerable.Range(1, 7), rig.Ports.Commands.Cast<HvacCommand>().Select(c => c.Level));
    }

    [Fact]
    public async Task IsQuiet_NothingSaidForTheTime_AndNotBefore()
    {
        using var rig = Rig();
        var time = TimeSpan.FromSeconds(10);
        Assert.True(rig.Agent.IsQuiet(time));

        await IdsAsync(rig, Heard(rig, "ecu.speech/5/1"));
        rig.Time.Advance(time - TimeSpan.FromMilliseconds(1));
        Assert.False(rig.Agent.IsQuiet(time));
        rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(rig.Agent.IsQuiet(time));
    }

    private static AgentRig Rig()
    {
        var rig = new AgentRig();
        rig.Park();
        rig.Model.On("both", ("set_fan", new { level = 7 }), ("set_temperature", new { degrees = 22 }));
        return rig;
    }

    private static Utterance Heard(AgentRig rig, string origin) =>
        rig.Said("both") with { Origin = origin, Sent = rig.Time.GetUtcNow(), Received = rig.Time.GetUtcNow() };

    private static async Task<List<string>> IdsAsync(AgentRig rig, Utterance said)
    {
        await rig.Agent.HandleUtteranceAsync(said, CancellationToken.None);
        Assert.Equal(2, rig.Ports.Commands.Count);
        return [.. rig.Ports.Commands.Select(c => c.CommandId)];
    }
}
