using System.Text.Json.Nodes;
using CsCheck;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Core.Tests.Gate;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Policy;

/// <summary>No change of a bundled profile gets through the loader if it lets anything new through the gate.</summary>
public class PolicyMutationTests
{
    private static readonly string[] Classes = ["inform", "comfort", "navigate", "browse", "prepare", "commit", "setup"];
    private static readonly string[] States = ["parked", "idling", "moving", "unknown"];

    private static readonly string[] Cells =
    [
        "{\"verdict\":\"deny\"}", "{\"verdict\":\"defer\"}", "{\"verdict\":\"confirm\"}",
        "{\"verdict\":\"confirm\",\"channel\":\"voice\"}", "{\"verdict\":\"allow\"}",
        "{\"verdict\":\"allow\",\"channel\":\"voice\"}", "{\"verdict\":\"allow\",\"maxSentences\":1}",
        "{\"verdict\":\"allow\",\"maxSentences\":2}", "{\"verdict\":\"allow\",\"maxSentences\":3}",
        "{\"verdict\":\"allow\",\"channel\":\"voice\",\"maxOptions\":3}",
        "{\"verdict\":\"allow\",\"channel\":\"voice\",\"maxOptions\":4}",
    ];

    [Fact]
    public void Parse_StrictWithAnyCellReplaced_IsRefusedOrNoLooserThanStrict()
    {
        int accepted = 0;
        int refused = 0;
        foreach (string actionClass in Classes)
        {
            foreach (string state in States)
            {
                foreach (string cell in Cells)
                {
                    JsonObject document = PolicyDocuments.Load("strict");
                    document["table"]![actionClass]![state] = JsonNode.Parse(cell);
                    if (TryParse(document.ToJsonString()) is { } policy)
                    {
                        accepted++;
                        AssertNoLooser(policy, GateFixtures.Strict);
                    }
                    else
                    {
                        refused++;
                    }
                }
            }
        }

        // Both must happen, or the test has stopped telling anything.
        Assert.True(accepted > 40, $"only {accepted} accepted");
        Assert.True(refused > 100, $"only {refused} refused");
    }

    [Fact]
    public void Parse_RandomCellsReplaced_WhatIsAcceptedIsOrderedByStrictness()
    {
        int accepted = 0;
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.OneOf(Cells)).Array[1, 4].Sample(
            changes =>
            {
                JsonObject document = PolicyDocuments.Load("voice-confirm");
                foreach ((int row, int column, string cell) in changes)
                {
                    // A change that tightens the stricter states too has a fair chance to be accepted.
                    for (int stricter = column; stricter < States.Length; stricter++)
                    {
                        document["table"]![Classes[row]]![States[stricter]] = JsonNode.Parse(cell);
                    }
                }

                if (TryParse(document.ToJsonString()) is not { } policy)
                {
                    return;
                }

                Interlocked.Increment(ref accepted);
                AssertNoLooser(policy, GateFixtures.VoiceConfirm);
                AssertOrdered(policy);
            },
            iter: 2000);
        Assert.True(accepted > 20, $"only {accepted} accepted");
    }

    [Theory]
    [InlineData("strict")]
    [InlineData("voice-confirm")]
    public void Bundled_Profiles_AreOrderedByStrictness(string profile) => AssertOrdered(GateFixtures.Policy(profile));

    [Fact]
    public void IsLooserThan_ADoubleOfEachCellThatIsLooser_IsCaught()
    {
        GateCell cell = new(GateVerdict.Allow, true, new(2, 3));
        Assert.False(cell.IsLooserThan(cell));
        Assert.True((cell with { VoiceOnly = false }).IsLooserThan(cell));
        Assert.True((cell with { Limits = new(3, 3) }).IsLooserThan(cell));
        Assert.True((cell with { Limits = new(null, 3) }).IsLooserThan(cell));
        Assert.True((cell with { Limits = new(2, 4) }).IsLooserThan(cell));
        Assert.True((cell with { Limits = new(2, null) }).IsLooserThan(cell));
        Assert.True(cell.IsLooserThan(cell with { Verdict = GateVerdict.Confirm }));
        Assert.False((cell with { Verdict = GateVerdict.Confirm }).IsLooserThan(cell));
        Assert.True(new GateCell(GateVerdict.Confirm, false, default).IsLooserThan(new(GateVerdict.Confirm, true, default)));
        Assert.True(new GateCell(GateVerdict.Defer, false, default).IsLooserThan(new(GateVerdict.Deny, true, default)));
        Assert.False(new GateCell(GateVerdict.Defer, false, default).IsLooserThan(new(GateVerdict.Defer, true, default)));
    }

    [Fact]
    public void Holder_Swap_HappensOnlyWhileParked()
    {
        foreach (DrivingState state in GateFixtures.States.Append((DrivingState)9))
        {
            PolicyHolder holder = new(GateFixtures.Strict);

            bool swapped = holder.TrySwap(GateFixtures.VoiceConfirm, state);

            Assert.Equal(state == DrivingState.Parked, swapped);
            Assert.Equal(swapped ? "voice-confirm" : "strict", holder.Current.Profile);
        }
    }

    private static GatePolicy? TryParse(string json)
    {
        try
        {
            return PolicyDocuments.Parse(json);
        }
        catch (PolicyException)
        {
            return null;
        }
    }

    private static int Rank(GateDecision decision) => decision.Kind switch
    {
        GateDecisionKind.Deny => 0,
        GateDecisionKind.Defer => 1,
        GateDecisionKind.Confirm => 2,
        _ => 3,
    };

    private static bool Looser(GateDecision one, GateDecision other) =>
        Rank(one) > Rank(other)
        || (one.IsAllowed && other.IsAllowed
            && ((one.Limits.MaxSentences ?? 99) > (other.Limits.MaxSentences ?? 99)
                || (one.Limits.MaxOptions ?? 99) > (other.Limits.MaxOptions ?? 99)));

    private static void AssertNoLooser(GatePolicy policy, GatePolicy reference)
    {
        foreach ((ActionClass actionClass, InputChannel channel) in Requests())
        {
            foreach (DrivingState state in GateFixtures.States)
            {
                GateRequest request = GateFixtures.Request(actionClass, channel);
                GateDecision now = ActionGate.Decide(request, GateFixtures.Situation(state), policy);
                GateDecision allowed = ActionGate.Decide(request, GateFixtures.Situation(state), reference);
                bool refusedEitherWay = Rank(now) <= 1 && Rank(allowed) <= 1;
                Assert.True(refusedEitherWay || !Looser(now, allowed), $"{actionClass} {channel} {state}: {now} against {allowed}");
            }
        }
    }

    private static void AssertOrdered(GatePolicy policy)
    {
        foreach ((ActionClass actionClass, InputChannel channel) in Requests())
        {
            GateRequest request = GateFixtures.Request(actionClass, channel);
            for (int stricter = 1; stricter < GateFixtures.States.Length; stricter++)
            {
                for (int looser = 0; looser < stricter; looser++)
                {
                    GateDecision strict = ActionGate.Decide(request, GateFixtures.Situation(GateFixtures.States[stricter]), policy);
                    GateDecision loose = ActionGate.Decide(request, GateFixtures.Situation(GateFixtures.States[looser]), policy);

                    // Denied for the channel and put off for the state both do nothing now.
                    bool refusedEitherWay = Rank(strict) <= 1 && Rank(loose) <= 1;
                    Assert.True(refusedEitherWay || !Looser(strict, loose), $"{actionClass} {channel}: {strict} against {loose}");
                }
            }
        }
    }

    private static IEnumerable<(ActionClass Class, InputChannel Channel)> Requests() =>
        from actionClass in Enum.GetValues<ActionClass>()
        from channel in Enum.GetValues<InputChannel>()
        select (actionClass, channel);
}
