using EcuAgent.Core.Ports;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Commands;

public sealed class PlaceRequestTableTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Table_AnswerInTime_ReachesItsQuestion()
    {
        var table = new PlaceRequestTable(_time);
        var one = table.AskAsync(Query("1"), _ => true, CancellationToken.None);
        var two = table.AskAsync(Query("2"), _ => true, CancellationToken.None);

        Assert.True(table.Complete("2", PlaceAnswer.None));
        Assert.True(table.Complete("1", PlaceAnswer.Failed));

        Assert.Equal((PlaceStatus.Failed, PlaceStatus.None), ((await one).Status, (await two).Status));
    }

    [Fact]
    public async Task Table_NoAnswer_TimesOutAndLateAnswerIsCounted()
    {
        var table = new PlaceRequestTable(_time);
        var asked = table.AskAsync(Query("1"), _ => true, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(PlaceStatus.TimedOut, (await asked).Status);
        Assert.False(table.Complete("1", PlaceAnswer.None));
        Assert.Equal(1, table.UnmatchedAnswers);
    }

    [Fact]
    public async Task Table_Full_RefusesTheNewest()
    {
        var table = new PlaceRequestTable(_time);
        for (int i = 0; i < PlaceRequestTable.Capacity; i++)
        {
            _ = table.AskAsync(Query($"{i}"), _ => true, CancellationToken.None);
        }

        Assert.Equal(PlaceStatus.TimedOut, (await table.AskAsync(Query("more"), _ => true, CancellationToken.None)).Status);
        Assert.Equal(1, table.RefusedQuestions);
    }

    private PlaceQuery Query(string id) => new() { RequestId = id, Expires = _time.GetUtcNow() + TimeSpan.FromSeconds(3) };
}
