using EcuAgent.Core.Deferral;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Deferral;

public class DeferralQueueTests
{
    private readonly FakeTimeProvider time = new();
    private readonly DeferralQueue queue;

    public DeferralQueueTests() => queue = new(time, new DeferralOptions(), NullLogger<DeferralQueue>.Instance);

    [Fact]
    public void NextOffer_BeforeAndAfterSteadyParking_OffersOneAtATimeOldestFirst()
    {
        DeferredItem first = Add("a");
        DeferredItem second = Add("b");
        queue.Observe(DrivingState.Parked);
        Assert.Empty(queue.NextOffer());
        time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.Empty(queue.NextOffer());
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal([first], queue.NextOffer());
        Assert.Empty(queue.NextOffer());
        Assert.True(queue.Finish(first.Id));
        Assert.Equal([second], queue.NextOffer());
        Assert.True(queue.Finish(second.Id));
        Assert.Empty(queue.NextOffer());
        Assert.False(queue.Finish(second.Id));
    }

    [Fact]
    public void NextOffer_CommitsOfOneUtterance_AreOfferedTogether()
    {
        DeferredItem first = Add("a");
        DeferredItem other = Add("b");
        DeferredItem second = queue.Add(Request("c") with { UtteranceId = "u-a" }).Item!;
        queue.Add(Request("d") with { UtteranceId = "u-a", ActionClass = ActionClass.Prepare });
        queue.Add(Request("e") with { UtteranceId = "u-a", Zone = SpeakerZone.Passenger });
        Park();

        Assert.Equal([first, second], queue.NextOffer());
        Assert.True(queue.Finish(first.Id));
        Assert.Empty(queue.NextOffer());
        Assert.True(queue.Finish(second.Id));
        Assert.Equal([other], queue.NextOffer());
    }

    [Theory]
    [InlineData(DrivingState.Idling)]
    [InlineData(DrivingState.Moving)]
    [InlineData(DrivingState.Unknown)]
    public void Observe_LeavingParked_TakesTheOfferBackAndTheDwellStartsAnew(DrivingState state)
    {
        DeferredItem item = Add("a");
        Park();
        Assert.Equal([item], queue.NextOffer());

        queue.Observe(state);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(queue.NextOffer());

        queue.Observe(DrivingState.Parked);
        time.Advance(TimeSpan.FromSeconds(2));
        queue.Observe(DrivingState.Parked);
        Assert.Empty(queue.NextOffer());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([item], queue.NextOffer());
    }

    [Fact]
    public void NextOffer_StateNeverObserved_OffersNothing()
    {
        Add("a");
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(queue.NextOffer());
    }

    [Fact]
    public void Add_SameIntentAgain_IsJoinedKeepsItsPlaceAndLivesLonger()
    {
        DeferredItem first = Add("a");
        Add("b");
        time.Advance(TimeSpan.FromMinutes(119));

        DeferralResult again = queue.Add(Request("a") with { UtteranceId = "u-2", Summary = "again" });
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal((DeferralKind.Joined, "deferral_joined", first.Id), (again.Kind, again.ReasonCode, again.Item!.Id));
        Assert.Equal((2, "u-2", "again"), (again.Item.TimesAsked, again.Item.Request.UtteranceId, again.Item.Request.Summary));
        Assert.Equal((1, 1L), (queue.Count, queue.JoinedCount));
        Assert.Equal("b", Assert.Single(queue.TakeExpired()).Request.ToolName);
        Park();
        Assert.Equal(first.Id, Assert.Single(queue.NextOffer()).Id);
    }

    [Fact]
    public void Add_SameToolOtherArgumentsOrSeat_IsNotJoined()
    {
        queue.Add(Request("a"));

        Assert.Equal(DeferralKind.Queued, queue.Add(Request("a") with { ArgumentsJson = "{\"n\": 2}" }).Kind);
        Assert.Equal(DeferralKind.Queued, queue.Add(Request("a") with { Zone = SpeakerZone.Passenger }).Kind);
    }

    [Fact]
    public void Add_FullQueue_RefusesTheNewestCountsItAndStillJoins()
    {
        for (int i = 0; i < 16; i++)
        {
            Add($"t{i}");
        }

        DeferralResult refused = queue.Add(Request("one too many"));

        Assert.Equal((DeferralKind.Refused, "deferral_queue_full", null), (refused.Kind, refused.ReasonCode, refused.Item));
        Assert.Equal(DeferralKind.Joined, queue.Add(Request("t3")).Kind);
        Assert.Equal((16, 1L), (queue.Count, queue.RefusedCount));
        Park();
        Assert.Equal("t0", Assert.Single(queue.NextOffer()).Request.ToolName);
    }

    [Fact]
    public void TakeExpired_AfterTwoHours_ReportsOnceInOrderAndMakesRoom()
    {
        for (int i = 0; i < 16; i++)
        {
            Add($"t{i}");
        }

        time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.Empty(queue.TakeExpired());
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(DeferralKind.Queued, queue.Add(Request("new")).Kind);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"t{i}"), queue.TakeExpired().Select(item => item.Request.ToolName));
        Assert.Empty(queue.TakeExpired());
        Assert.Equal((1, 16L), (queue.Count, queue.ExpiredCount));
    }

    [Fact]
    public void NextOffer_ItemOnOffer_DoesNotExpireInMidSentence()
    {
        DeferredItem item = Add("a");
        time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(4));
        Park();
        Assert.Equal([item], queue.NextOffer());
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(queue.TakeExpired());
        Assert.True(queue.Finish(item.Id));
    }

    [Fact]
    public void Item_KeepsTheCallWordForWord()
    {
        DeferralRequest request = Request("order_food") with { ArgumentsJson = "{\"item\": \"牛肉面\", \"n\": 1.50}", Summary = "牛肉面" };

        Assert.Equal(request, queue.Add(request).Item!.Request);
    }

    [Theory]
    [InlineData(0, 120, 3)]
    [InlineData(257, 120, 3)]
    [InlineData(16, 0.5, 3)]
    [InlineData(16, 1441, 3)]
    [InlineData(16, 120, -1)]
    [InlineData(16, 120, 601)]
    public void Options_OutOfRange_AreRefused(int capacity, double expiryMinutes, double steadySeconds)
    {
        DeferralOptions options = new()
        {
            Capacity = capacity,
            Expiry = TimeSpan.FromMinutes(expiryMinutes),
            SteadyParkedFor = TimeSpan.FromSeconds(steadySeconds),
        };

        Assert.Throws<ArgumentOutOfRangeException>(() => new DeferralQueue(time, options, NullLogger<DeferralQueue>.Instance));
    }

    private static DeferralRequest Request(string tool) => new()
    {
        UtteranceId = "u-" + tool,
        ToolName = tool,
        ArgumentsJson = "{}",
        ActionClass = ActionClass.Commit,
        Summary = "order " + tool,
        Language = "en",
        Zone = SpeakerZone.Driver,
    };

    private DeferredItem Add(string tool)
    {
        DeferralResult result = queue.Add(Request(tool));
        Assert.Equal(DeferralKind.Queued, result.Kind);
        return result.Item!;
    }

    private void Park()
    {
        queue.Observe(DrivingState.Parked);
        time.Advance(TimeSpan.FromSeconds(3));
    }
}
