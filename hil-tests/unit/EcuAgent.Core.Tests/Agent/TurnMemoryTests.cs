using EcuAgent.Core.Agent;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Microsoft.Extensions.AI;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class TurnMemoryTests
{
    private static readonly (string, object?) Heat = ("set_seat_heating", new { level = 2, zone = "driver" });
    private static readonly (string, object?) Other = ("set_seat_heating", new { level = 2, zone = "passenger" });

    [Fact]
    public async Task Memory_NextUtteranceOfTheSameSpeaker_FollowsTheEarlierExchange()
    {
        using var rig = Rig();

        await rig.SayAsync("heat my seat");
        await rig.SayAsync("no, the passenger's");

        var messages = rig.Model.Asked[1];
        Assert.Equal([ChatRole.System, ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User], messages.Select(m => m.Role));
        Assert.Equal("[car: parked; speaker: driver]\nheat my seat", messages[2].Text);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(messages[3].Contents));
        Assert.Equal(("set_seat_heating", "level=2,zone=driver"), (call.Name, string.Join(",", call.Arguments!.Select(a => $"{a.Key}={a.Value}"))));
        Assert.Equal("[car: parked; speaker: driver]\nno, the passenger's", messages[4].Text);
        Assert.Equal(CabinZone.Passenger, ((HvacCommand)rig.Ports.Commands[^1]).Zone);
    }

    [Fact]
    public async Task Memory_ThirdUtterance_SeesTheSecondOnly()
    {
        using var rig = Rig();

        await rig.SayAsync("heat my seat");
        await rig.SayAsync("no, the passenger's");
        await rig.SayAsync("hello");

        Assert.Equal(["[car: parked; speaker: driver]\nno, the passenger's", "[car: parked; speaker: driver]\nhello"], Users(rig, 2));
    }

    [Theory]
    [InlineData(30.0, true)]
    [InlineData(30.1, false)]
    public async Task Memory_Age_IsLimited(double seconds, bool isKept)
    {
        using var rig = Rig();
        await rig.SayAsync("hello");

        rig.Time.Advance(TimeSpan.FromSeconds(seconds));
        await rig.SayAsync("no, the passenger's");

        Assert.Equal(isKept ? 2 : 1, Users(rig, 1).Count);
    }

    [Fact]
    public async Task Memory_SwitchedOff_KeepsNothing()
    {
        using var rig = Rig(new AgentOptions { ReadBackWait = TimeSpan.Zero, TurnMemory = TimeSpan.Zero });

        await rig.SayAsync("heat my seat");
        await rig.SayAsync("no, the passenger's");

        Assert.Single(Users(rig, 1));
    }

    [Fact]
    public async Task Memory_AnotherSpeaker_DoesNotSeeIt()
    {
        using var rig = Rig();

        await rig.SayAsync("heat my seat");
        await rig.Agent.HandleUtteranceAsync(rig.Said("hello") with { SpeakerZone = SpeakerZone.Passenger }, CancellationToken.None);
        await rig.SayAsync("no, the passenger's");

        Assert.Single(Users(rig, 1));
        Assert.Equal("[car: parked; speaker: driver]\nheat my seat", Users(rig, 2)[0]);
    }

    [Fact]
    public async Task Memory_ExchangeWithAnInvalidCall_IsNotKept()
    {
        using var rig = Rig();
        rig.Model.On("broken", Heat, ("set_fan", new { level = 99 }));

        await rig.SayAsync("heat my seat");
        await rig.SayAsync("broken");
        await rig.SayAsync("hello");

        Assert.Single(Users(rig, 2));
    }

    [Fact]
    public async Task Memory_ModelFails_ForgetsWhatWasBefore()
    {
        using var rig = Rig();
        rig.Model.On("broken", _ => throw new InvalidOperationException("no weights"));

        await rig.SayAsync("heat my seat");
        await rig.SayAsync("broken");
        await rig.SayAsync("hello");

        Assert.Single(Users(rig, 2));
    }

    [Fact]
    public async Task Memory_CarStateChangedMeanwhile_BothStandUnderThePresentOne()
    {
        using var rig = Rig();

        await rig.SayAsync("hello");
        rig.Drive();
        await rig.SayAsync("no, the passenger's");

        Assert.Equal(["[car: moving; speaker: driver]\nhello", "[car: moving; speaker: driver]\nno, the passenger's"], Users(rig, 1));
    }

    [Fact]
    public async Task Memory_CopiedTextOfTheEarlierUtterance_IsAccepted()
    {
        using var rig = Rig();
        rig.Model.On("is there parking at Elm Street", ("search_places", new { category = "parking", query = "Elm Street" }))
            .On("then take me there", ("navigate_to", new { destination = "Elm Street" }));
        rig.Ports.OnQuery = _ => Task.FromResult(PlaceAnswer.Found(new Place { PlaceId = "p", Name = "Elm Street" }));

        await rig.SayAsync("is there parking at Elm Street");
        await rig.SayAsync("then take me there");

        Assert.Equal("p", ((NavigationCommand)Assert.Single(rig.Ports.Commands)).PlaceId);
    }

    [Theory]
    [InlineData("send 20 dollars to Bob", true)]
    [InlineData("set it to 20", false)]
    public async Task Memory_AmountToPay_ComesFromAnEarlierPaymentOnly(string earlier, bool isTaken)
    {
        using var rig = Rig();
        rig.Model.On("send 20 dollars to Bob", ("pay", new { kind = "transfer", payee = "Bob", amount = 20 }))
            .On("set it to 20", ("set_temperature", new { degrees = 20 }))
            .On("no, to Anna", ("pay", new { kind = "transfer", payee = "Anna", amount = 20 }));

        await rig.SayAsync(earlier);
        var report = await rig.SayAsync("no, to Anna");

        Assert.Equal(isTaken, report.Calls[0].ReasonCode != AgentReasons.AmountNotSaid);
    }

    [Fact]
    public async Task Memory_LongUtterances_AreNotPutTogether()
    {
        using var rig = Rig();
        var text = new string('x', 120);
        rig.Model.On(text, ("chat", new { topic = "other" })).On(text + "y", ("chat", new { topic = "other" }));

        await rig.SayAsync(text);
        await rig.SayAsync(text + "y");

        Assert.Single(Users(rig, 1));
    }

    [Fact]
    public void Memory_Kept_IsBoundedByTheZonesAndDroppedWhenOld()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var memory = new TurnMemory(time, TimeSpan.FromSeconds(30));
        for (int i = 0; i < 100; i++)
        {
            memory.Supersede((SpeakerZone)(i % 5), new EarlierTurn($"u{i}", [new ProposedCall("chat", new Dictionary<string, object?>())]));
        }

        Assert.Equal(5, memory.Count);
        time.Advance(TimeSpan.FromSeconds(31));
        memory.ForgetOld();
        Assert.Equal(0, memory.Count);
    }

    [Fact]
    public async Task Memory_Log_HoldsNoSpeechAboveTrace()
    {
        var log = new MemoryLog();
        using var rig = Rig(loggers: log);

        await rig.SayAsync("heat my seat");
        await rig.SayAsync("no, the passenger's");

        Assert.NotEmpty(log.Entries);
        Assert.DoesNotContain(log.Entries, entry => entry.Contains("heat my seat", StringComparison.Ordinal));
        Assert.DoesNotContain("heat my seat", new EarlierTurn("heat my seat", []).ToString(), StringComparison.Ordinal);
    }

    private static AgentRig Rig(AgentOptions? options = null, MemoryLog? loggers = null)
    {
        var rig = new AgentRig(options, loggers: loggers);
        rig.Park();
        rig.Model.On("heat my seat", Heat).On("no, the passenger's", Other).On("hello", ("chat", new { topic = "greeting" }));
        return rig;
    }

    private static List<string> Users(AgentRig rig, int request) =>
        [.. rig.Model.Asked[request].Where(m => m.Role == ChatRole.User).Select(m => m.Text)];
}
